# dataclass: __init__, __repr__, __eq__, defaults, names, signature errors, documentation.
import dataclasses
from dataclasses import MISSING, dataclass, field, fields, is_dataclass


@dataclass
class Point:
    x: int
    y: int = 0


@dataclass()
class Item:
    """An item."""
    name: str
    tags: list = field(default_factory=list)
    cost: float = field(default=1.5, repr=False, compare=False)
    count = 5

    def total(self):
        return self.cost * len(self.tags)


p = Point(1)
print(p, Point(1, 2), Point(y=3, x=4), p == Point(1, 0), p == Point(2), p != Point(1), p == (1, 0), Point.y)
print(Item('a'), Item('a', [1], 2), Item('a') == Item('a', cost=9), Item('a').tags is Item('a').tags, Item('b', [1, 2]).total())
print(Point.__doc__, '|', Item.__doc__, Point.__match_args__, Item.__match_args__, Item.count)
print(Point.__init__.__qualname__, Point.__eq__.__qualname__, Point.__repr__.__qualname__, Point.__init__.__name__)
print(Point.__init__.__annotations__, Point.__init__.__defaults__, Point.__annotations__, Point.__hash__)
print([(f.name, f.type, f.default is MISSING, f.kw_only) for f in fields(Item)], fields(p)[1].default)
print(str(fields(Point)[1]).replace(repr(MISSING), 'MISSING'), Point.__dataclass_params__)
print(is_dataclass(Point), is_dataclass(p), is_dataclass(int), is_dataclass(5), vars(p))
for call in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: Point(z=1), lambda: Item(),
             lambda: hash(p), lambda: p < p, lambda: fields(5), lambda: fields(int), lambda: Point.__init__(),
             lambda: Item('a', 1, 2, 3, 4), lambda: p.__eq__(), lambda: p.z, lambda: Point.x, lambda: Item.tags,
             lambda: dataclass(5), lambda: dataclass(Point, 1), lambda: dataclass(unknown=1), lambda: Point.__repr__()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
p.x = p
print(p, repr(Point(Point(1), [p])))
match Point(3, 4):
    case Point(a, b):
        print('matched', a, b)


@dataclass
class Empty:
    pass


@dataclass
class Post:
    a: int
    b: int = field(init=False)
    c: int = field(init=False, default=7)

    def __post_init__(self):
        self.b = self.a * 2


print(Empty(), Empty() == Empty(), Empty.__doc__, Post(4), Post.__doc__, vars(Post(1)))


def hot(n):
    total = 0
    for k in range(n):
        point = Point(k, k + 1)
        if k == 5:
            point.extra = k
        if point == Point(3, 4):
            total += 100
        total += point.x * point.y
    return total, point


for n in (3, 3, 6, 7, 4, 5):
    print(hot(n))
