# Enumerations of ints, strings, tuples and others; __new__, __init__, _missing_, auto.
from enum import Enum, IntEnum, ReprEnum, StrEnum, auto


class Number(IntEnum):
    ONE = 1
    TWO = 2
    TRUE = True


class Text(StrEnum):
    HELLO = auto()
    World = 'w'


class Old(str, Enum):
    A = 'a'


class OldInt(int, Enum):
    A = 1


class Point(tuple, Enum):
    ORIGIN = (0, 0)
    X = 1, 2


class Real(float, ReprEnum):
    PI = 3.14


print(list(Number), Number.ONE + 1, Number.TWO * 2.5, Number.ONE == 1, Number.ONE < Number.TWO, [10, 20][Number.ONE])
print(str(Number.ONE), f'{Number.TWO:03d}', repr(Number.ONE), '%d' % Number.TWO, int(Number.TWO), hash(Number.ONE) == hash(1))
print(list(Text), str(Text.HELLO), f'{Text.World:>4}', Text.HELLO + '!', Text('w'), Text.HELLO == 'hello', Text.HELLO.upper())
print(str(Old.A), f'{Old.A}', repr(Old.A), Old.A == 'a', str(OldInt.A), f'{OldInt.A}', repr(OldInt.A), OldInt.A + 1)
print(list(Point), Point.X[1], Point((1, 2)), str(Real.PI), repr(Real.PI), f'{Real.PI:.1f}')


class Planet(Enum):
    MERCURY = (3.303e+23, 2.4397e6)
    EARTH = (5.976e+24, 6.37814e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def gravity(self):
        return 6.67300E-11 * self.mass / (self.radius * self.radius)


print(Planet.EARTH.value, Planet.EARTH.mass, Planet.EARTH.gravity, Planet((3.303e+23, 2.4397e6)))


class Coordinate(bytes if False else str, Enum):
    def __new__(cls, value, label, unit):
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        made.unit = unit
        return made
    PX = ('p.x', 'X', 'km')
    PY = ('p.y', 'Y', 'km')


print(list(Coordinate), Coordinate.PY.label, Coordinate('p.x').unit, Coordinate.PX == 'p.x')


class Auto(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower(), start, count, list(last_values)
    FIRST = auto()
    SECOND = auto()


print([m.value for m in Auto])


class Missing(Enum):
    A = 1
    B = 2

    @classmethod
    def _missing_(cls, value):
        if value == 'b':
            return cls.B
        if value == 'wrong':
            return 5
        if value == 'raise':
            raise KeyError('from _missing_')
        if value == 'value':
            raise ValueError('own value error')
        return None


for value in ('b', 'wrong', 'raise', 'value', 'none'):
    try:
        print(Missing(value))
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__))
for body in (dict(A=5), dict(A=('a', 1)), dict(A=(1, 2, 3, 4))):
    try:
        print(list(StrEnum('S', body)))
    except Exception as error:
        print(type(error).__name__, error)
print(Number(2.0), Number(True), Number('2') if False else '', sorted([Number.TWO, Number.ONE]), max(Number))


class Ordered(Enum):
    def __lt__(self, other):
        if self.__class__ is other.__class__:
            return self.value < other.value
        return NotImplemented
    LOW = 1
    HIGH = 2


print(Ordered.LOW < Ordered.HIGH, sorted([Ordered.HIGH, Ordered.LOW]), max(Ordered.LOW, Ordered.HIGH) if False else '')
