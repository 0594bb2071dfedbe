# gi_yieldfrom: what a suspended generator delegates to; throw() with a third argument.
def inner():
    yield 1


def outer(iterator):
    yield 0
    yield from iterator
    yield 2


for iterator in (inner(), iter([1])):
    walker = outer(iterator)
    seen = [walker.gi_yieldfrom]
    for _ in walker:
        seen.append(walker.gi_yieldfrom is iterator)
    print(seen, walker.gi_yieldfrom)
print([name for name in dir(walker) if not name.startswith("_")])
for third in (None, 23):
    try:
        outer([]).throw(ValueError, "text", third)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
