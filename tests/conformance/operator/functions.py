# Every function of operator: results and messages.
import operator

CALLS = '''
add(1, 2); add('a', 'b'); add(1, 'a'); add(1); add(1, 2, 3); add(x=1); sub(5, 2); mul('ab', 2); matmul(1, 2); floordiv(7, 2)
truediv(7, 2); truediv(1, 0); mod(7, 3); mod('%s!', 'a'); pow(2, 10); neg(3); pos(-3); abs(-3); abs('a'); inv(5); invert(0)
invert(1.0); neg(); neg([]); lshift(1, 70); rshift(256, 4); and_(6, 3); or_(6, 3); xor(6, 3); and_({1, 2}, {2}); xor(1, 'a')
not_([]); not_(1); truth([]); truth('a'); is_(None, None); is_not(None, 1); is_(1); lt(1, 2); le(2, 2); eq('a', 'a'); ne(1, 1.0)
ge(1, 2); gt('b', 'a'); lt(1, 'a'); lt(1); concat([1], [2]); concat('a', 'b'); concat(1, 2); concat(1, [2]); concat([1], 2)
concat({}, []); iconcat((1,), (2,)); iconcat(1, 2); contains([1, 2], 2); contains('abc', 'd'); contains(3, 1); countOf([1, 2, 1], 1)
countOf(3, 1); countOf('abca', 'a'); indexOf([1, 2, 3], 3); indexOf('abc', 'c'); indexOf([1], 2); indexOf(3, 1); getitem([1, 2], 1)
getitem({'a': 1}, 'a'); getitem({}, 'x'); getitem([1, 2, 3], slice(1, 3)); getitem(3, 1); setitem([1], 0, 2); setitem({}, 1); setitem((), 0, 1)
delitem([1], 0); delitem({}, 'k'); index(3); index(True); index(1.5); length_hint([1, 2]); length_hint(iter([1])); length_hint(3)
length_hint(3, 7); length_hint(3, 'a'); length_hint(); length_hint(3, default=1); call(max, 1, 2); call(dict, a=1); call(); call(3)
iadd([1], (2,)); iadd(1, 2); isub(5, 2); imul([1], 2); ifloordiv(7, 2); itruediv(7, 2); imod(7, 3); ilshift(1, 3); irshift(8, 1)
iand(6, 3); ixor(6, 3); ior({1}, {2}); ipow(2, 5); imatmul(1, 2); ior([], 1); iadd('a', 1); add.__module__; add.__name__; __add__ is add
attrgetter(); attrgetter(1); attrgetter('a')(); attrgetter('a')(1); attrgetter('a', x=1); attrgetter('a.b', 'c'); attrgetter('real')(3)
attrgetter('real', 'imag')(3); attrgetter('__class__.__name__')('a'); attrgetter('real.x')(1); attrgetter('a..b'); attrgetter('real')(1, 2)
itemgetter(); itemgetter(1)([4, 5]); itemgetter(1, 0, -1)('abc'); itemgetter('k')({'k': 1}); itemgetter(5)([1]); itemgetter(1)(3)
itemgetter(slice(1, None))('abc'); itemgetter(1)(); itemgetter(1)([1], x=2); itemgetter(1, 'a', None); itemgetter(item=1)
methodcaller(); methodcaller(1); methodcaller('upper')('a'); methodcaller('split', 'b', maxsplit=1)('abcbd'); methodcaller('a', 1, k='v')
methodcaller('upper')(); methodcaller('upper')('a', 1); methodcaller('nothing')('a'); methodcaller(name='a'); methodcaller('upper')('a', x=1)
attrgetter('a').__reduce__(); itemgetter(1, 2).__reduce__(); type(attrgetter('a')); type('X', (itemgetter,), {}); type(methodcaller('a'))
'''
names = vars(operator)
for text in CALLS.strip().replace('\n', '; ').split('; '):
    try:
        print(text, '->', eval(text, dict(names)))
    except Exception as error:
        print(text, '->', type(error).__name__, error)
print(operator.__all__)
print(sorted(name for name in dir(operator) if name.startswith('__') and callable(getattr(operator, name)) and name != '__loader__'))
rows = [('b', 2), ('a', 2), ('c', 1)]
print(sorted(rows, key=operator.itemgetter(1, 0)), max(rows, key=operator.itemgetter(1)), list(map(operator.itemgetter(0), rows)))


class Point:
    def __init__(self, x, inner=None):
        self.x = x
        self.inner = inner

    def scaled(self, by, *, plus=0):
        return self.x * by + plus


points = [Point(3, Point(1)), Point(1, Point(2)), Point(2, Point(0))]
by_inner, x, scaled = operator.attrgetter('inner.x'), operator.attrgetter('x'), operator.methodcaller('scaled', 2, plus=1)
for _ in range(5):
    print([x(p) for p in sorted(points, key=by_inner)], [scaled(p) for p in points], end=' ')
Point.x = property(lambda self: 9, lambda self, value: None)
print(x(points[0]), operator.attrgetter('x', 'inner.x')(points[0]))
loop = operator.methodcaller('append', [])
print(loop, loop([]))
