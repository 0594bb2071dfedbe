# Static and class methods through instances and classes, hot, while what they are changes
class Named:
    def __call__(self, cls, suffix=""):
        return "callable", cls.__name__ + suffix


class Base:
    @classmethod
    def name(cls, suffix=""):
        return cls.__name__ + suffix

    @staticmethod
    def fixed(x):
        return x + 1


class C(Base):
    pass


class D(Base):
    pass


def by_instance(o):
    return o.name(), o.name("!"), o.fixed(1)


def by_class(cls):
    return cls.name(), cls.fixed(2)


def as_value(o):
    return o.name, o.fixed


def own_class():
    return C.name("?"), C.fixed(3)


c = C()
for k in range(60):
    if k == 10:
        C.name = classmethod(lambda cls, suffix="": "replaced" + suffix)
    if k == 15:
        del C.name
    if k == 20:
        c.name = lambda suffix="": "own" + suffix
    if k == 25:
        del c.name
        c.__dict__["fixed"] = abs
    if k == 30:
        c = C()
        Base.fixed = classmethod(lambda cls, x: cls)
    if k == 35:
        Base.fixed = staticmethod(lambda x: -x)
    if k == 40:
        Base.fixed = lambda *args: len(args)
    if k == 45:
        C.__bases__ = (D,)
        D.name = "no function"
        C.name = staticmethod(lambda suffix="": "static" + suffix)
    if k == 50:
        D.name = classmethod(Named())
        del C.name
    row = by_instance(c) if k < 50 else c.name()
    row = row, by_class(D if k % 4 == 3 and not 45 <= k < 50 else C), own_class()
    if k % 5 == 0:
        print(k, row)
    bound, fixed = as_value(c)
    if k % 10 == 1:
        print(bound(), fixed(-5), type(bound).__name__, type(fixed).__name__)
        print(getattr(bound, "__self__", None))
try:
    by_class(5)
except AttributeError as error:
    print(error)
