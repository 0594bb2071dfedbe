# Closures capture variables, not values; nonlocal writes them.
def counter(start):
    count = start

    def bump(step=1):
        nonlocal count
        count += step
        return count

    def peek():
        return count

    return bump, peek


bump, peek = counter(10)
other_bump, other_peek = counter(0.5)
for i in range(7):
    bump()
    other_bump(i)
print(peek(), other_peek())
adders = [lambda x: x + i for i in range(3)]
print([f(10) for f in adders])
bound = [lambda x, i=i: x + i for i in range(3)]
print([f(10) for f in bound])


def late():
    def read():
        return value
    try:
        read()
    except NameError as error:
        print(type(error).__name__, error)
    value = "set"
    return read()


print(late())
