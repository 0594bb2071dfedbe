# Iterators that are stepped, changed or let go while they are stepped; groups that are too old.
from itertools import *
import gc


class Loop:
    """An iterator that steps another one, its user, in between."""
    def __init__(self, limit=6):
        self.left = limit
        self.depth = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        here = self.left
        if self.left % 2 and self.user is not None:
            log.append(('in', next(self.user, 'end')))
        return here


MAKERS = [
    ('chain', lambda s: chain(s, [9])), ('cycle', cycle), ('accumulate', accumulate),
    ('pairwise', pairwise), ('islice', lambda s: islice(s, 1, 5)), ('compress', lambda s: compress(s, count(1))),
    ('zip_longest', lambda s: zip_longest(s, 'ab')), ('takewhile', lambda s: takewhile(lambda x: x != 1, s)),
    ('dropwhile', lambda s: dropwhile(lambda x: x > 3, s)), ('starmap', lambda s: starmap(print, zip(s))),
    ('filterfalse', lambda s: filterfalse(lambda x: x == 2, s)), ('tee', lambda s: tee(s)[0]),
    ('groupby', lambda s: (k for k, _ in groupby(s, lambda x: x // 2))),
]
for name, make in MAKERS:
    log = []
    source = Loop()
    source.user = user = make(source)
    for _ in range(8):
        try:
            log.append(next(user, 'end'))
        except (RuntimeError, ValueError) as error:
            log.append(str(error))
    print(name, log)
    source.user = None

groups = groupby('AABBCC')
key, group = next(groups)
print(key, next(group), next(groups)[0], list(group))
key, group = next(groups)
print(key, next(groups, 'end'), list(group), list(groups))
held = [list(group) for key, group in list(groupby('AAB'))]
print(held)


class Slippery:
    """Compares by letting go of the other groups."""
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        groups_of.clear()
        return self.value == other.value


groups_of = [groupby([Slippery(1), Slippery(1), Slippery(2)])]
step = groups_of[0]
print([(key.value, len(list(group))) for key, group in step])

data = [1, 2, 3]
growing = chain(data, data)
for item in growing:
    if len(data) < 6:
        data.append(item * 10)
print(data)
ring = cycle(data)
pairs = pairwise(data)
for _ in range(3):
    next(ring), next(pairs)
data.clear()
print(next(ring), next(pairs, 'end'), next(ring))
gc.collect()
