# dataclass(slots=True): the class made anew, defaults, inheritance, frozen copies, weak references.
import copy
import weakref
from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class Point:
    x: int
    y: int = 5
    z: list = field(default_factory=list)

    def total(self):
        return self.x + self.y


@dataclass(slots=True)
class Point4(Point):
    w: int = 1


@dataclass(slots=True, frozen=True)
class Frozen:
    a: int
    b: tuple = ()


@dataclass(slots=True, weakref_slot=True)
class Weak:
    a: int = 1


@dataclass
class Dicts(Point):
    extra: int = 2


p = Point(1)
print(p, p.total(), Point.__slots__, Point4(1, 2), Point4.__slots__, hasattr(p, '__dict__'), Point.__qualname__, Point.__doc__)
print(Frozen(1), Frozen.__slots__, hash(Frozen(1)) == hash((1, ())), Weak.__slots__, Weak(), weakref.ref(w := Weak())() is w)
print(Dicts(1), hasattr(Dicts(1), '__dict__'), [f.name for f in fields(Point4)], Point.y)
print(copy.copy(p), copy.deepcopy(p) == p, copy.copy(Frozen(1, (2,))), copy.deepcopy(Frozen(1, ([2],))), Frozen(3).__getstate__())
for call in (lambda: setattr(p, 'new', 1), lambda: setattr(Frozen(1), 'a', 2), lambda: weakref.ref(p), lambda: Point(),
             lambda: delattr(p, 'q'), lambda: delattr(Frozen(1), 'a'), lambda: p.new):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
del p.x
try:
    p.x
except AttributeError as error:
    print(error)


@dataclass(slots=True)
class Own:
    a: int
    b: int = field(default=3, init=False)


print(Own(1), Own.__match_args__)


def hot(n):
    total = 0
    for k in range(n):
        point = Point(k)
        point.y += k
        total += point.total()
    return total


print([hot(n) for n in (3, 4, 5, 6, 7, 8)])
