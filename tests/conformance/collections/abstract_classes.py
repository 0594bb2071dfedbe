# collections.abc: what counts as what, mixin methods, abstract methods, patterns.
import collections
from collections import abc, deque, defaultdict
from collections.abc import *

VALUES = {'int': 1, 'str': '', 'list': [], 'tuple': (), 'dict': {}, 'set': set(), 'frozenset': frozenset(), 'range': range(1),
          'keys': {}.keys(), 'values': {}.values(), 'items': {}.items(), 'iter': iter([]), 'gen': (x for x in ()), 'len': len,
          'deque': deque(), 'defaultdict': defaultdict(), 'type': int, 'map': map(len, ()), 'none': None}
CLASSES = [getattr(abc, name) for name in abc.__all__ if name != 'ByteString']
for name, value in VALUES.items():
    print(name, *[cls.__name__ for cls in CLASSES if isinstance(value, cls)])
for cls in CLASSES:
    print(repr(cls), sorted(cls.__abstractmethods__), cls.__slots__)


class Words(Sequence):
    def __init__(self, text):
        self.words = text.split()

    def __getitem__(self, index):
        return self.words[index]

    def __len__(self):
        return len(self.words)


words = Words('a b c b')
print(list(words), list(reversed(words)), 'c' in words, words.index('b', 2), words.count('b'), words.index('b', -3, -1))
try:
    words.index('z')
except ValueError as error:
    print(repr(error))
match words:
    case [first, *_, last]:
        print('pattern', first, last)


class Table(MutableMapping):
    def __init__(self, **items):
        self.table = dict(items)

    def __getitem__(self, key):
        return self.table[key]

    def __setitem__(self, key, value):
        self.table[key] = value

    def __delitem__(self, key):
        del self.table[key]

    def __iter__(self):
        return iter(self.table)

    def __len__(self):
        return len(self.table)

    def __repr__(self):
        return f'Table({self.table})'


table = Table(a=1, b=2)
table.update({'c': 3}, d=4)
table.update([('e', 5)])
print(table, table.get('zz'), 'a' in table, table.pop('a'), table.pop('zz', 0), table.setdefault('f', 6), table == {'b': 2})
print(table.keys(), table.values(), table.items(), ('b', 2) in table.items(), 4 in table.values(), table.keys() & {'b', 'q'})
print(table.popitem(), len(table), table.keys() == {'c', 'd', 'e', 'f'}, sorted(table.keys() | {'z'}), table.items() - [('c', 3)])
match table:
    case {'d': number, **rest}:
        print('pattern', number, rest)
for bad in (lambda: table.pop('zz'), lambda: Table().popitem(), lambda: reversed(table), lambda: hash(table), lambda: Sequence(),
            lambda: Mapping.__getitem__(table, 1), lambda: type('Part', (MutableSequence,), {'insert': 1})()):
    try:
        print(bad())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
table.clear()
print(table)


class Bag(MutableSet):
    def __init__(self, items=()):
        self.items = list(dict.fromkeys(items))

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        if item not in self:
            self.items.append(item)

    def discard(self, item):
        if item in self:
            self.items.remove(item)


bag = Bag('abc')
print(*[list(made) for made in (bag & 'bcd', bag | 'xy', bag - Bag('a'), bag ^ Bag('cd'), 'az' - bag, {'a', } & bag)])
print(bag <= Bag('abcd'), bag < bag, bag >= {'a'}, bag > Bag('ab'), bag == {'a', 'b', 'c'}, bag.isdisjoint('xyz'), Bag()._hash(), bag._hash() == Set._hash({'a', 'b', 'c'}))
bag |= 'de'
bag &= Bag('bcde')
bag ^= 'bz'
bag -= 'c'
print(list(bag), bag.pop(), bag.remove('e'), list(bag))
for bad in (lambda: bag.remove('q'), lambda: Bag().pop(), lambda: bag | 3, lambda: bag < 3):
    try:
        print(bad())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)


@Sequence.register
class Registered:
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [10, 20][index]


match Registered():
    case [a, b]:
        print('registered', a, b)


class NoHash:
    __hash__ = None


class Both(Mapping, dict):
    pass


print(isinstance(NoHash(), Hashable), issubclass(Both, Mapping), collections.abc is not None, hasattr(Mapping, '__abc_tpflags__'))


class Steps(Generator):
    def __init__(self):
        self.n = 0

    def send(self, value):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n, value

    def throw(self, typ, val=None, tb=None):
        super().throw(typ, val, tb)


steps = Steps()
print(list(steps), steps.close(), isinstance(steps, Iterator))
