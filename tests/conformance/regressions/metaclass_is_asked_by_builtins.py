# dir(), isinstance(), issubclass(), the error about bases without an order and messages that name a
# method of a class ask for __dict__, __bases__, __class__, __name__ and __qualname__ as a program
# does: a metaclass, a __getattribute__ or a property may answer.
class Asked(type):
    def __getattribute__(cls, name):
        print("  asked", name)
        return type.__getattribute__(cls, name)


class Silent(type):
    def __getattribute__(cls, name):
        if name in ("__dict__", "__bases__", "__name__", "__class__"):
            raise AttributeError(name)
        return type.__getattribute__(cls, name)


class Loud(type):
    def __getattribute__(cls, name):
        if name in ("__dict__", "__bases__", "__name__", "__class__"):
            raise ValueError(name)
        return type.__getattribute__(cls, name)


class A(metaclass=Asked):
    x = 1


class B(A):
    y = 2


class C(metaclass=Silent):
    pass


class D(metaclass=Loud):
    pass


class Claims:
    __dict__ = property(lambda self: {"claimed": 1})
    __class__ = property(lambda self: B)
    __bases__ = property(lambda self: (int, B))


class NoMapping:
    __dict__ = None


class Chain:
    def __init__(self, *bases):
        self.__bases__ = bases


def attempt(text):
    print(text)
    try:
        result = eval(text)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    if isinstance(result, list):
        result = [name for name in result if not str(name).startswith("_")]
    print("  =", result)


b, c, d, claims, chain = B(), C(), D(), Claims(), Chain(Chain(), Chain(int, str))
for text in """dir(B); dir(b); dir(C); dir(c); dir(D); dir(d); dir(claims); dir(NoMapping()); dir(chain)
isinstance(claims, B); isinstance(claims, int); isinstance(1, claims); isinstance(b, claims)
issubclass(claims, A); issubclass(claims, int); issubclass(claims, str); issubclass(B, claims)
issubclass(chain, int); issubclass(chain, chain); issubclass(chain, float); issubclass(int, chain)
issubclass(chain, chain.__bases__[1]); isinstance(C, C); issubclass(C, C); issubclass(D, chain)
isinstance(1, 2); issubclass(1, int); issubclass(int, 1); issubclass(chain, (1, int))
type('Z', (A, B), {}); type('Z', (object, C), {}); type('Z', (object, D), {})
type('Z', (A, A), {}); type('Z', (C, C), {}); type('Z', (D, D), {}); type('Z', (A,), {}, k=1)
claims.__dict__; vars(claims); type.__dir__(C); object.__dir__(claims) is None""".split("\n"):
    for each in text.split("; "):
        attempt(each)
