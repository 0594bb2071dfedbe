# Keys of a class namespace that are no str stay in the class's __dict__, and disturb nobody: neither
# lookups nor stores nor compiled code. A class that defines __dict__ itself keeps its own.
class Names:
    def __set_name__(self, owner, name):
        print("set name", owner.__name__, repr(name))


class Meta(type):
    @classmethod
    def __prepare__(cls, name, bases):
        return {7: Names(), 2.5: "float"}


class C(metaclass=Meta):
    x = 1

    def f(self):
        return self.x


class D(C):
    vars()[1] = 2
    vars()[None] = 3


def keys(cls):
    return [key for key in cls.__dict__ if not str(key).startswith("__")]


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


E = type("E", (), {(): 1, "x": 5, 8: Names(), "named": Names()})
for cls in C, D, E:
    print(cls.__name__, keys(cls), cls.x, cls().x)
    attempt(lambda: dir(cls))
    attempt(lambda: getattr(cls, "7"))
print(D.__dict__[1], D.__dict__[None], C.__dict__[2.5], 7 in C.__dict__, 7 in D.__dict__)
attempt(lambda: type("F", (), {"__slots__": ("a",), 9: 1}).__dict__[9])
for i in range(40):
    d = D()
    if i == 20:
        D.x = "new"
    if i == 30:
        D.y = i
        del D.x
    if i % 10 == 5:
        print(i, d.f(), keys(D))
    d.f()


class Own:
    __dict__ = property(lambda self: {"claimed": 1})
    __weakref__ = "own"


own = Own()
own.a = 1
print(own.__dict__, vars(own), own.__weakref__, own.a)
