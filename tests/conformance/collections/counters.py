# Counter: counting, arithmetic, comparison, repr.
from collections import Counter

c = Counter('abracadabra')
print(c, c.most_common(2), c.most_common(), c['zz'], 'zz' in c, sum(c.values()), c.total())
print(list(c.elements()), Counter(a=1, b=2), Counter({'x': 3}), Counter([1, 1, 2], z=4), Counter(), Counter(None))
d = Counter(a=3, b=1, x=-2)
for text in ('c + d', 'c - d', 'c | d', 'c & d', '+d', '-d', 'c == d', 'c <= c', 'c < c', 'd <= c', 'c >= d', 'c > d', 'c != d', 'c + {"a": 1}',
             'c == {"a": 5}', 'c.most_common(0)', 'c.most_common(-1)', 'Counter.fromkeys("ab")', 'Counter(1)', 'Counter([[]])', 'Counter(1, 2)',
             'Counter("aab") == Counter(a=2, b=1, c=0)', 'c.copy() == c', 'c.copy() is c', 'Counter(Counter("aa"))', 'c.total()', 'c <= {}'):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '->', type(error).__name__, error)
c.update('aa', q=5), c.update({'a': 1}), c.subtract('abc'), c.subtract({'q': 7}), c.subtract(z=1)
del c['r'], c['not there']
print(c, dict(c))
for operator in ('+=', '-=', '|=', '&='):
    e = Counter(a=2, b=-1, c=3)
    exec(f'e {operator} d')
    print(operator, e, type(e).__name__)


class Loud(Counter):
    def __missing__(self, key):
        return 10

    def __setitem__(self, key, value):
        super().__setitem__(key, value + 100)


loud = Loud('ab')
loud['c'] += 1
print(loud, loud['none'], type(loud.copy()).__name__)
mixed = Counter({'a': 1, 'b': 'two'})
print(mixed, Counter(x=0, y=-1), Counter({(1, 2): 3}))
