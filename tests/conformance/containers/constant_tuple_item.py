# Items of constant tuples in hot code, within and outside of their range.
def second():
    return (7, 64)[1]


def at(index):
    pair = (7, 64)
    first, _ = pair
    try:
        return first + pair[index] + (1, 2, 3)[index]
    except IndexError as error:
        return str(error)


for i in range(12):
    print(second(), at(i % 4), at(-i))
