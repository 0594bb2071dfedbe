# Dicts, lists, sets and tuples that grow, shrink, and are copied.


def scenario():
    table = {}
    for i in range(50):
        table[i] = str(i)
    for i in range(0, 50, 3):
        del table[i]
    table.update({'a': 1, 'b': 2}, c=3)
    table |= {'d': 4}
    other = table | {1.5: None}
    copied = dict(other)
    copied.setdefault('e', [])
    copied.pop(1)
    copied.popitem()
    items = [list(table.items())[0], len(list(table.keys())), len(list(table.values()))]
    numbers = []
    for i in range(70):
        numbers.append(i * i)
    numbers[3:9] = range(40)
    numbers.insert(5, 'x')
    numbers.extend((1, 2, 3))
    numbers += [4]
    numbers *= 2
    del numbers[10:20:3]
    numbers.remove('x')
    kept = numbers[2:50:2] + [i for i in numbers if i != 'x'][:3]
    unique = set()
    for i in range(40):
        unique.add(i % 29)
    unique |= {'a', 'b'}
    unique -= {1, 2}
    unique ^= {3, 99}
    unique.update([5, 6], (7,))
    frozen = frozenset(unique) & frozenset(range(9))
    joined = tuple(range(20)) + tuple(unique)[:0] + (1,) * 5
    first, *rest = joined
    *init, last = kept
    packed = [*rest, *frozen, *{'k': 1}]
    merged = {**other, **{'z': 26}}
    return items, len(merged), len(kept), sorted(frozen), joined, first, last, len(init), len(packed)


result = scenario()
