# Exceptions of what the iterators call, and how they go on afterwards.
from itertools import *


class Source:
    """Gives its items; an exception among them is raised."""
    def __init__(self, *items):
        self.items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self.items)
        if isinstance(item, Exception):
            raise item
        return item


class Hard:
    """What cannot be asked or compared."""
    def __bool__(self):
        raise ZeroDivisionError('bool')

    def __eq__(self, other):
        raise ZeroDivisionError('eq')

    def __add__(self, other):
        raise ZeroDivisionError('add')

    def __repr__(self):
        return 'Hard()'


def drain(make, limit=9):
    """The items and errors of an iterator."""
    seen = []
    try:
        iterator = iter(make())
    except Exception as error:
        return repr(error)
    ends = 0
    for _ in range(limit):
        try:
            seen.append(next(iterator))
        except StopIteration as stop:
            seen.append('stop' if stop.args == () else stop.args)
            ends += 1
            if ends == 2:
                break
        except Exception as error:
            seen.append(f'{type(error).__name__}({error})')
    return seen


def source():
    return Source(1, 2, KeyError('k'), 3)


def divide(*args):
    return 6 // args[-1]


print('cycle', drain(lambda: cycle(source())))
print('accumulate', drain(lambda: accumulate(source())), drain(lambda: accumulate([Hard(), 1, 2])))
print('accumulate', drain(lambda: accumulate([1, 0, 2], divide)), drain(lambda: accumulate([1, 2], 3)))
print('chain', drain(lambda: chain(source(), [4], 5, [6])), drain(lambda: chain.from_iterable(source())))
print('compress', drain(lambda: compress(source(), [1, 0, 1, 1])), drain(lambda: compress('ab', [Hard(), 1])))
print('compress', drain(lambda: compress('abcd', source())))
print('dropwhile', drain(lambda: dropwhile(divide, [1, 0, 2, 7, 5])), drain(lambda: dropwhile(3, source())))
print('takewhile', drain(lambda: takewhile(divide, [1, 0, 2, 7, 5])), drain(lambda: takewhile(bool, source())))
print('filterfalse', drain(lambda: filterfalse(divide, [1, 0, 7, 8])), drain(lambda: filterfalse(None, [0, Hard(), 0])))
print('starmap', drain(lambda: starmap(divide, [(1,), (0,), 3, (2,), ()])), drain(lambda: starmap(divide, source())))
print('islice', drain(lambda: islice(source(), 1, 4)), drain(lambda: islice(source(), 4, 9)))
print('pairwise', drain(lambda: pairwise(source())), drain(lambda: pairwise(Source(KeyError(1), 2, 3))))
print('product', drain(lambda: product('ab', source())), drain(lambda: product([1], 2)))
print('permutations', drain(lambda: permutations(source())), drain(lambda: combinations(source(), 1)))
print('zip_longest', drain(lambda: zip_longest(source(), 'abcdef')), drain(lambda: zip_longest('ab', 3)))
print('groupby', drain(lambda: groupby([1, 0, 2], divide), 4)[1], len(drain(lambda: groupby([Hard(), Hard()]))))
print('groupby', [type(item).__name__ for item in drain(lambda: groupby(source()))])
print('tee', drain(lambda: tee(source())[0]), drain(lambda: tee(source(), 2)[1]))
print('count', drain(lambda: count(Hard())), drain(lambda: islice(count(1, 2), 2)))
first, second = tee(source())
print(drain(lambda: first), drain(lambda: second), drain(lambda: tee(first)[1]))
