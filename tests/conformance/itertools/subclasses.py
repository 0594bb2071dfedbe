# Subclasses of the iterators; the types that cannot have any; copies of tee objects.
import itertools
from itertools import *

for name in ('accumulate', 'chain', 'combinations', 'combinations_with_replacement', 'compress',
             'count', 'cycle', 'dropwhile', 'filterfalse', 'groupby', 'islice', 'pairwise',
             'permutations', 'product', 'repeat', 'starmap', 'takewhile', 'zip_longest', '_tee',
             '_grouper', '_tee_dataobject'):
    base = getattr(itertools, name)
    try:
        made = type(name.title(), (base,), {'extra': 1})
        print(made.__mro__[1], made.extra, base.__module__, base.__qualname__)
    except TypeError as error:
        print(error)


class Named(count):
    def __init__(self, *args, name='n', **rest):
        self.name = name

    def __next__(self):
        return self.name, super().__next__()


class Silent(chain):
    def __init__(self, *args, **keywords):
        self.keywords = keywords


named = Named(3)
print(named.name, next(named), next(iter(named)), [x for x, _ in zip(named, 'ab')], repr(Named(1, 2)))
silent = Silent('ab', 'c', other=1)
print(list(silent), silent.keywords, type(Silent.from_iterable(['x'])).__name__)
for bad in (lambda: Named(name='x'), lambda: type('C', (chain,), {})([], x=1), lambda: repeat.__new__(int),
            lambda: chain.__new__(), lambda: next(3), lambda: object.__new__(chain)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
first = tee('abcdef')[0]
next(first)
second = first.__copy__()
print(next(second), next(first), list(second), list(first), type(second) is type(first))
third, fourth = tee(tee('xyz')[0])
print(list(third), list(fourth), list(itertools._tee('ab')))


class Copied:
    def __iter__(self):
        return self

    def __copy__(self):
        return 'copy'


try:
    print(tee(Copied(), 3))
except TypeError as error:
    print(error)
Copied.__next__ = lambda self: 1
print(tee(Copied(), 3)[1:])
