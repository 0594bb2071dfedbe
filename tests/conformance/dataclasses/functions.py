# asdict, astuple, replace, make_dataclass, fields, field objects, copies.
import copy
from dataclasses import MISSING, InitVar, Field, asdict, astuple, dataclass, field, fields, make_dataclass, replace


@dataclass
class Point:
    x: int
    y: int


@dataclass
class Shape:
    name: str
    points: list
    corner: Point = None
    table: dict = field(default_factory=dict)
    pair: tuple = ()


shape = Shape('s', [Point(1, 2), Point(3, 4)], Point(0, 0), {'k': Point(5, 6), Point: [1]}, (Point(7, 8), 1))
print(asdict(Point(1, 2)), asdict(shape))
print(astuple(Point(1, 2)), astuple(shape))
print(asdict(Point(1, [2]), dict_factory=list), astuple(shape.points[0], tuple_factory=list))
deep = [1]
print(asdict(Point(deep, 2))['x'] is deep, replace(Point(1, 2), y=5), replace(shape, name='t').points is shape.points)


@dataclass
class Partial:
    a: int
    b: int = field(init=False, default=4)
    c: InitVar[int] = None
    d: InitVar[int] = 5

    def __post_init__(self, c, d):
        self.sum = self.a, c, d


@dataclass
class Needs:
    a: int
    b: InitVar[int]


C = make_dataclass('C', ['x', ('y', int), ('z', int, field(default=3)), ('w', str, 'w')])
print(C(1, 2), C.__doc__, C.__annotations__, C.__module__, C.__qualname__)
D = make_dataclass('D', [('v', int, 0)], bases=(Point,), namespace={'total': lambda self: self.x + self.v}, frozen=False, order=True)
print(D(1, 2, 3).total(), D(1, 2) < D(1, 3), D.__mro__[1] is Point, make_dataclass('E', [])())
print(replace(Partial(1, c=2), a=7, c=1).sum, replace(Partial(1)).sum)
for call in (lambda: asdict(5), lambda: asdict(Point), lambda: astuple({}), lambda: replace(Point(1, 2), z=1), lambda: replace(5),
             lambda: replace(Point), lambda: replace(Partial(1), b=2), lambda: replace(Needs(1, 2)), lambda: replace(Point(1, 2), 5),
             lambda: make_dataclass('X', ['a', 'a']), lambda: make_dataclass('X', ['for']), lambda: make_dataclass('X', ['a b']),
             lambda: make_dataclass('X', [1]), lambda: make_dataclass('X', [('a',)]), lambda: make_dataclass('X', [('a', 1, 2, 3)]),
             lambda: make_dataclass('X', [(1, 2)]), lambda: make_dataclass('X', [('a', int, 1), 'b'])):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
f = field(default=1, metadata={'unit': 'm'}, repr=False)
print(isinstance(f, Field), f.metadata['unit'], f.name, str(f).replace(repr(MISSING), 'MISSING'))
print([f.metadata for f in fields(Point)], fields(make_dataclass('M', [('a', int, field(metadata={1: 2}))]))[0].metadata)
try:
    f.metadata['a'] = 1
except TypeError as error:
    print(error)
one = copy.copy(shape)
two = copy.deepcopy(shape)
print(one == shape, one.points is shape.points, two == shape if False else two.points == shape.points, two.points is shape.points)
