# An overridden mro() that changes bases itself: the innermost change stands, and nothing is lost.
class Meta(type):
    script = []

    def mro(cls):
        if Meta.script and Meta.script[0][0] == cls.__name__:
            _, action = Meta.script.pop(0)
            action(cls)
        return type.mro(cls)


def names(classes):
    return [item.__name__ for item in classes]


def same_bases(cls):
    print("before the first MRO:", cls.__mro__)
    cls.__bases__ += ()


Meta.script = [("Self", same_bases)]


class Self(metaclass=Meta):
    pass


print(names(Self.__mro__))


class A(metaclass=Meta):
    pass


class Left(A):
    pass


class Right(A):
    value = "right"


class C(A):
    pass


def to_right(cls):
    cls.__bases__ = (Right,)


Meta.script = [("C", to_right)]
C.__bases__ = (Left,)
print(names(C.__bases__), names(C.__mro__), C.value)
print(names(Right.__subclasses__()), names(Left.__subclasses__()))
Left.__bases__ = (C,)
print(names(Left.__mro__), names(C.__subclasses__()), Left().value)


def fail(cls):
    cls.__bases__ = (A,)
    raise ValueError("after the change")


Meta.script = [("C", fail)]
try:
    C.__bases__ = (Right, A)
except ValueError as error:
    print(error, names(C.__bases__), names(C.__mro__), hasattr(C, "value"))


class Out:
    pass


def leave_out(cls):
    return (Out,)


Meta.mro = leave_out
try:
    class Lost(metaclass=Meta):
        pass
except TypeError as error:
    print(error)
