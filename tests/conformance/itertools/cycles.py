# Iterators in reference cycles are found by the collector; weak references where CPython has them.
import gc
import weakref
from itertools import *


class Node:
    pass


def rings():
    for make in (cycle, accumulate, chain, pairwise, groupby, zip_longest, lambda it: tee(it)[1],
                 lambda it: islice(it, 5), lambda it: compress(it, count()), lambda it: starmap(id, it),
                 lambda it: takewhile(id, it), lambda it: dropwhile(id, it), lambda it: filterfalse(id, it),
                 lambda it: repeat(it, 3)):
        node = Node()
        items = [node]
        node.iterator = make(iter(items))
        items.append(node.iterator)
        yield node
    for make in (product, permutations, lambda pool: combinations(pool, 1), repeat,
                 lambda pool: combinations_with_replacement(pool, 2), cycle):
        node = Node()
        node.iterator = make([node])
        next(node.iterator)
        yield node


gc.collect()
references = [weakref.ref(node) for node in rings()]
print(sum(reference() is not None for reference in references) > 0)
gc.collect()
print([reference() for reference in references if reference() is not None])

total = []
loop = accumulate([1, 2], lambda a, b: (loop, total))
next(loop), next(loop)
shared = tee(iter([[]] * 130))
list(shared[0])
mirror = next(shared[1])
mirror.append(shared)
previous = pairwise(iter([total, total, 1]))
next(previous)
total.append(previous)
del loop, shared, mirror, previous, total
print(gc.collect() > 0)

for make in (count, lambda: chain([]), lambda: tee([])[0], lambda: groupby([]), lambda: product([])):
    made = make()
    try:
        print(type(made).__name__, weakref.ref(made)() is made)
    except TypeError as error:
        print(error)
deep = iter([1])
for _ in range(3000):
    deep = chain(deep)
print(type(deep).__name__)
del deep
