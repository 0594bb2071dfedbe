# Lists of ints, floats, mixed values, read and written in a hot loop.
def bump(items, step):
    for i in range(len(items)):
        items[i] = items[i] + step
    return items


lists = [[1, 2, 3], [0.5, 1.5], [1, 2.5, True], [2 ** 60 - 1, -(2 ** 60)], []]
for i in range(7):
    for items in lists:
        bump(items, 1 if i < 5 else 0.25)
print(lists)
print(bump(["a", "b"], "!"), bump([[1], []], [0]))
try:
    bump([1, "x"], 1)
except TypeError as error:
    print(error)


def total(items):
    result = 0
    for item in items:
        result += item
    return result


for i in range(6):
    print(total(range(i)), total([i] * 3), total((0.5,) * i), total({1: 0, 2: 0}), total({5, 6}))
