# Enumerations made by a call; unique, verify, global_enum, copies.
import copy
import enum
from enum import CONTINUOUS, NAMED_FLAGS, UNIQUE, Enum, Flag, IntEnum, IntFlag, StrEnum, unique, verify

Animal = Enum('Animal', 'ANT BEE, CAT')
print(list(Animal), Animal.__module__, Animal.__qualname__, Animal.__name__, Animal.BEE)
print(list(Enum('E', ['A', 'B'], start=5)), list(Enum('E', [('A', 1), ('B', 'x')])), list(Enum('E', {'A': 1, 'Z': 0})))
print(list(Flag('F', 'A B C')), list(IntEnum('I', 'A B')), list(StrEnum('S', 'A B')), list(Enum('T', 'A B', type=int)))
made = Enum('E', 'A', module='some.module', qualname='Outer.E')
print(made.__module__, made.__qualname__, made.A, repr(made), list(Enum('Empty', '')), list(Enum('Empty', [])))
print(list(IntFlag('W', 'A B', boundary=enum.STRICT)), list(Enum('Up', (('X', 1), ('Y', 1)))))
for call in (lambda: Enum('E', 'A A'), lambda: Enum('E', 5), lambda: Enum('E', 'mro'), lambda: Animal('X', 'A'),
             lambda: Enum('E', [('A',)]), lambda: Enum('E'), lambda: Enum('E', '_x_'), lambda: Enum(names='A')):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def check(decorator, base, **members):
    try:
        print(list(decorator(base('Checked', members))))
    except Exception as error:
        print(type(error).__name__, error)


check(unique, Enum, A=1, B=2)
check(unique, Enum, A=1, B=2, C=1, D=2, E=1)
check(verify(UNIQUE), Enum, A=1, B=1)
check(verify(CONTINUOUS), IntEnum, A=1, B=2, C=3)
check(verify(CONTINUOUS), IntEnum, A=1, B=3, C=6)
check(verify(CONTINUOUS), Flag, A=1, B=2, C=16)
check(verify(NAMED_FLAGS), Flag, A=1, B=2, AB=3)
check(verify(NAMED_FLAGS), Flag, A=1, B=2, X=9)
check(verify(NAMED_FLAGS), Flag, A=1, X=15, Y=32 + 16)
check(verify(UNIQUE, CONTINUOUS), Enum, A=1)
try:
    verify(UNIQUE)(int)
except TypeError as error:
    print(error)
print(list(enum.EnumCheck), enum.EnumMeta is enum.EnumType)


@enum.global_enum
class Level(IntEnum):
    LOW = 1
    HIGH = 2


@enum.global_enum
class Option(IntFlag):
    ON = 1
    FAST = 2


@enum.global_enum
class Plain(Enum):
    THING = 1


print(LOW, repr(HIGH), Level.LOW, ON, repr(ON | FAST), repr(Option(0)), THING, repr(THING), str(Option(0)))


@enum.global_enum
class Broken(Flag):
    WHOLE = 1


try:
    print(repr(Broken(0)), repr(WHOLE))
except TypeError as error:
    print(error)
print(copy.copy(Animal.ANT) is Animal.ANT, copy.deepcopy([Animal.BEE])[0] is Animal.BEE, copy.deepcopy(ON | FAST) is ON | FAST)
print(Animal.ANT.__reduce_ex__(2)[1], enum.bin(10), enum.bin(-11), enum.bin(5, 8), repr(enum.auto()), repr(enum.auto(3)))
print(sorted(enum.__all__))
