# The words of __slots__ are dropped class by class, those of an instance's own class first, then
# those of its bases, each in the order of the names; after them what its dict holds.
import gc


class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


class A:
    __slots__ = ("b", "a")


class Empty(A):
    __slots__ = ()


class B(Empty):
    __slots__ = ("d", "c", "a", "__weakref__")


class WithDict(B):
    pass


class Last(WithDict):
    __slots__ = ("z", "y")


class OfStr(str):
    __slots__ = ("b", "a")


class BelowStr(OfStr):
    __slots__ = ("d", "c")


class BelowList(type("OfList", (list,), {"__slots__": ("b", "a")})):
    __slots__ = ("d", "c")


def fill(o):
    print(type(o).__name__, end=": ")
    for name in ("a", "b", "c", "d", "y", "z", "e"):
        try:
            setattr(o, name, Leaf(name))
        except AttributeError:
            pass
    if isinstance(o, A) and type(o) is not A:
        A.a.__set__(o, Leaf("a of A"))
    return o


for kind in (A, Empty, B, WithDict, Last, OfStr, BelowStr, BelowList):
    one = fill(kind())
    print("filled", end=": ")
    del one
    print()


class Rebased(Leaf):
    """Gives the class that is being taken apart another base."""

    def __del__(self):
        Swapped.__bases__ = (Other,)
        gc.collect()
        print("rebased", end=" ")


class Base:
    __slots__ = ("a",)


class Other:
    __slots__ = ("a",)


class Swapped(Base):
    __slots__ = ("b", "c")


one = Swapped()
one.a, one.b, one.c = Leaf("a"), Rebased("b"), Leaf("c")
del Base, one
print()
