# OrderedDict: order, moves, equality, unions, subclasses, repr.
from collections import OrderedDict

od = OrderedDict([('a', 1), ('b', 2), ('c', 3)], d=4)
print(od, list(od), od == dict(od), od == OrderedDict(reversed(od.items())), list(reversed(od)), len(od))
od.move_to_end('a')
od.move_to_end('c', last=False)
od['b'] = 20
print(od, od.popitem(), od.popitem(last=False), od, od.pop('b'), od.pop('zz', 0), od.setdefault('n', 5))
print(OrderedDict.fromkeys('xyx', 0), od | {'q': 1}, {'q': 1} | od, od.copy(), type(od.copy()).__name__, OrderedDict(), OrderedDict(a=1) != {'a': 1})


def attempt(text):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '->', type(error).__name__, error)


for text in ('od["none"]', 'od.move_to_end("none")', 'OrderedDict().popitem()', 'OrderedDict().popitem(last=False)', 'OrderedDict(1, 2)',
             'OrderedDict(3)', 'OrderedDict([1])', 'od.pop("none")', 'od.update({}, {})', 'OrderedDict([([], 1)])'):
    attempt(text)
od |= {'m': 1}
od.update(k=2)
del od['n']
print(od, sorted(od), 'm' in od, od.get('k'), od.items() == {'d': 4, 'm': 1, 'k': 2}.items())
od['self'] = od
print(od)
del od['self']
od.clear()
print(od, bool(od))


class Recent(OrderedDict):
    """Keeps the last entries that were used."""

    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if len(self) > self.limit:
            del self[next(iter(self))]


recent = Recent(3)
for k in range(6):
    recent[k] = k * k
    recent[max(k - 1, 0)]
print(list(recent), recent.limit, isinstance(recent, dict))
queue = OrderedDict.fromkeys(range(500))
for k in range(499):
    queue.popitem(last=False)
print(queue)
match OrderedDict(a=1, b=2):
    case {'a': first, **rest}:
        print(first, rest)
