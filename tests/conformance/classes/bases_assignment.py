# Assigning __bases__ changes what instances inherit.
class A:
    def who(self): return "A"
    level = 1


class B:
    def who(self): return "B"
    level = 2.5


class C(A): pass


class D(C): pass


def ask(obj):
    return obj.who(), obj.level


d = D()
for i in range(8):
    print(ask(d), [k.__name__ for k in D.__mro__])
    if i == 3:
        C.__bases__ = (B,)
    if i == 5:
        C.__bases__ = (B, A)
        del B.level
for bases in ((), (D,), (5,), A):
    try:
        C.__bases__ = bases
    except TypeError as error:
        print(type(error).__name__, error)
