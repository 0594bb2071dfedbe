# namedtuple: fields, defaults, methods, errors, subclasses, the module.
from collections import namedtuple

Point = namedtuple('Point', 'x y')
point = Point(1, y=2)
print(point, point.x, point[1], point == (1, 2), hash(point) == hash((1, 2)), Point._fields, Point.__doc__)
print(point._replace(x=5), point._asdict(), Point._make([3, 4]), point.__getnewargs__(), Point.__module__)
print(Point.x.__doc__, Point.__new__.__doc__, Point._make.__doc__, Point.__match_args__, Point.__slots__, repr(Point.y))
Pair = namedtuple('Pair', ['left', 'right', 'rest'], defaults=(0, 'r'))
print(Pair(1), Pair._field_defaults, Pair(1, rest=2), Pair.__new__.__defaults__)
print(namedtuple('R', 'a class _b a 1x', rename=True)._fields, namedtuple('E', '')(), namedtuple('One', 'a,')(3))
print(namedtuple('M', 'a', module='elsewhere').__module__, namedtuple('C', 'a, b ,c')._fields, Point.__qualname__)


def attempt(text):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '->', type(error).__name__, error)


for text in ('Point(1)', 'Point(1, 2, 3)', 'Point(1, 2, x=3)', 'Point(z=1)', 'Point._make([1])', 'point._replace(z=1, q=2)',
             'namedtuple("1a", "x")', 'namedtuple("class", "x")', 'namedtuple("A", "x x")', 'namedtuple("A", "_x")', 'namedtuple("A", "a-b")',
             'namedtuple("A", "def")', 'namedtuple("A", [1])', 'namedtuple("A", "x", defaults=(1, 2))', 'namedtuple("A", "x", 1)',
             'namedtuple("A")', 'setattr(point, "x", 1)', 'delattr(point, "x")', 'setattr(point, "new", 1)', 'point.z', 'point < (1, 3)',
             'point + (3,)', 'point * 2', 'Point.x.__get__(3)', 'Point.x.__get__(())', 'Point.x.__get__(None) is Point.x', 'vars(Point).keys()'):
    attempt(text)


class Vector(namedtuple('Vector', 'a b')):
    __slots__ = ()

    def __add__(self, other):
        return Vector(self.a + other.a, self.b + other.b)

    @property
    def norm(self):
        return self.a * self.a + self.b * self.b


total = Vector(0, 0)
for k in range(20):
    total += Vector(k, 1)
print(total, total.norm, type(total._replace(a=1)).__name__, Vector.__mro__[1].__name__, total._asdict())
match point:
    case Point(x=1, y=other):
        print('matched', other)
match point:
    case Point(1, 2):
        print('by position')


def local_class():
    return namedtuple('Local', 'q')


for _ in range(6):
    made = local_class()
print(made.__module__, made(1), [made(k).q for k in range(3)], max(Point(1, 2), Point(1, 3)))
