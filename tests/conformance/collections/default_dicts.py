# defaultdict: factories, errors, copies, unions, subclasses, repr.
from collections import defaultdict

counts = defaultdict(int)
for letter in 'abracadabra':
    counts[letter] += 1
print(counts, counts['z'], 'y' in counts, counts.get('y'), len(counts))
lists = defaultdict(list, {'a': [1]}, b=[2])
lists['a'].append(3), lists['c'].append(4)
print(lists, lists.default_factory, lists == {'a': [1, 3], 'b': [2], 'c': [4]})


def attempt(text):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '->', type(error).__name__, error)


dd = defaultdict(int, a=1)
for text in ('defaultdict(3)', 'defaultdict(int, 3)', 'defaultdict(int, {}, {})', 'defaultdict()', 'defaultdict(None)["x"]',
             'dd | {"b": 2}', '{"b": 2} | dd', 'dd | 3', 'dd.copy()', 'dd.__copy__()', 'defaultdict(lambda: 1)["a"]', 'dd.__missing__("q")',
             'dd.__missing__()', 'defaultdict(factory=3)', 'dd.fromkeys("ab")', 'hash(dd)', 'defaultdict(int)[[]]', 'dd.pop("zz")',
             'defaultdict(len)["x"]', 'dd.setdefault("s", 5)', 'dd.default_factory', 'dd == {"a": 1, "q": 0, "s": 5}', 'dd[(1, 2)]',
             'list(dd.items())', 'type(dd | dd).__name__'):
    attempt(text)
dd |= {'new': 9}
dd.default_factory = lambda: dd.clear() or 'cleared'
print(dd['gone'], dict(dd))
dd.default_factory = dd
print(repr(dd))
del dd.default_factory
print(dd.default_factory)
attempt('dd["none"]')


class Deep(defaultdict):
    def __init__(self):
        super().__init__(Deep)

    def __repr__(self):
        return f'Deep({dict(self)})'


class Logged(defaultdict):
    def __missing__(self, key):
        return 'missing', key

    def bound(self):
        return 0


deep = Deep()
deep['a']['b']['c'] = 1
print(deep, Logged(int)['k'], len(Logged(int)))
loop = Logged()
loop.default_factory = loop.bound
print(loop)
for kind in range(8):
    table = defaultdict(list if kind < 4 else int)
    table[kind]
    print(table[kind], end=' ')
match counts:
    case {'a': number}:
        print(number)
