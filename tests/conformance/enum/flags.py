# Flag and IntFlag: combinations, reprs, complements, boundaries, containment, iteration.
from enum import CONFORM, EJECT, KEEP, STRICT, Flag, FlagBoundary, IntFlag, auto, show_flag_values


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
    NONE = 0


class Bits(IntFlag):
    A = 1
    B = 2
    D = 8
    AB = 3


print(Perm, list(Perm), Perm.R | Perm.X, repr(Perm.R | Perm.W), repr(Perm.RW | Perm.X), ~Perm.R, Perm(0), Perm.NONE)
print(Perm.R & Perm.W, Perm.RW ^ Perm.R, bool(Perm.NONE), bool(Perm.R), len(Perm.RW), list(Perm.RW), Perm.R in Perm.RW)
print(Perm(5), Perm(7).name, Perm(-1), Perm(-2), ~Perm(7), Perm['RW'], (Perm.R | Perm.X).value, Perm.RW is Perm(3))
print(Bits.A | 8, repr(Bits.A | 16), repr(Bits(0)), Bits.A + 1, repr(Bits.AB), list(Bits.AB), ~Bits.A, repr(~Bits.A))
print(str(Bits.A), f'{Bits.A | Bits.D}', repr(Bits.A & 3), repr(3 & Bits.A), repr(4 | Bits.A), repr(Bits(-1)), Bits(20))
print(isinstance(Bits.A | 64, Bits), (Bits.A | 64).name, list(Bits(64 | 9)), Bits.A ^ Bits.A, Bits.A == 1)


class Strict(Flag, boundary=STRICT):
    A = 1
    B = 4


class Conform(Flag, boundary=CONFORM):
    A = 1
    B = 4


class Eject(IntFlag, boundary=EJECT):
    A = 1
    B = 4


class Keep(Flag, boundary=KEEP):
    A = 1
    B = 4


for cls in Strict, Conform, Eject, Keep:
    for value in (0, 1, 5, 2, 7, 8, 15, -1, -2, -9, 'x', 1.5):
        try:
            print(cls.__name__, value, repr(cls(value)), end='; ')
        except Exception as error:
            print(cls.__name__, value, type(error).__name__, str(error), end='; ')
    print()
print(list(FlagBoundary), FlagBoundary.STRICT is STRICT, show_flag_values(13), Keep.__mro__)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: Perm.R | 1)
attempt(lambda: 1 in Perm.R)
attempt(lambda: Perm.R in Bits)
attempt(lambda: Bits.A in Perm.R)
attempt(lambda: show_flag_values(-1))
attempt(lambda: Perm.R | Bits.A)
attempt(lambda: Bits.A | 'x')


class Reverse(Flag):
    HIGH = 4
    LOW = 1
    MIDDLE = 2


print(list(Reverse), list(Reverse(7)), Reverse(7), Reverse(6).name)


class Wide(Flag):
    A = 1
    NEXT = auto()
    BIG = 64
    LAST = auto()


print([m.value for m in Wide], Wide.__members__)


def hot(n):
    seen = Perm.NONE
    for k in range(n):
        seen |= (Perm.R, Perm.W, Perm.X)[k % 3]
        if Perm.X in seen:
            seen &= ~Perm.R
    return seen, Bits(n) & Bits.AB


for n in (2, 3, 4, 5, 6, 7):
    print(hot(n))
