# yield from: values, results, send and throw passed through, over any iterable.
def inner(n):
    total = 0
    for i in range(n):
        got = yield i
        total += got or 0
    return total


def outer(n):
    first = yield from inner(n)
    yield "sum %s" % first
    yield from "ab"
    yield from [1, 2]
    return first


for n in range(5):
    print(list(outer(n)))
g = outer(3)
print(next(g), g.send(10), g.send(0.5), g.send(1), next(g))


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(list(tree(4)))
