# Sites that see several classes, some of which put descriptors in the place of attributes.
class Scaled:
    def __init__(self, factor):
        self.factor = factor

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.raw * self.factor

    def __set__(self, instance, value):
        if value < 0:
            raise ValueError("negative: %d" % value)
        instance.raw = value


class A:
    kind = "A"

    def __init__(self):
        self.weight = 1
        self.raw = 0


class B(A):
    def __init__(self):
        self.other = None
        self.weight = 2
        self.raw = 0


class C(A):
    __slots__ = ()

    @property
    def weight(self):
        return self.raw + 0.5

    @weight.setter
    def weight(self, value):
        self.raw = value


class D(B):
    kind = "D"
    weight = Scaled(10)


class E(A):
    def __getattr__(self, name):
        return "no " + name


def bump(o, amount):
    o.weight = o.weight + amount
    return o.weight, o.kind


def tell(o):
    return o.weight


things = [A(), B(), C(), D(), A(), E()]
for i in range(12):
    print([bump(o, i) for o in things[: 2 + i % 5]])
# Descriptors replaced by others of their class, by others of another class, and removed.
D.weight = Scaled(3)
print([bump(o, 1) for o in things])
for i in range(8):
    B.weight = Scaled(i)
    print([tell(o) for o in things], things[1].__dict__["weight"])
    del B.weight
    print([tell(o) for o in things])
D.weight = property(lambda self: "property", lambda self, value: None)
print([tell(o) for o in things])
try:
    bump(things[3], 1)
except TypeError as error:
    print(error)
del D.weight
things[3].weight = 9
print([tell(o) for o in things], things[3].__dict__)
B.weight = Scaled(1)
for value in (-1, -2):
    try:
        things[1].weight = value
    except ValueError as error:
        print(error, error.__traceback__.tb_next.tb_frame.f_code.co_name)
# The descriptor's class loses and regains its protocol.
del Scaled.__set__
things[1].weight = 50
print(tell(things[1]), things[1].__dict__)
Scaled.__set__ = lambda self, instance, value: print("set", value)
bump(things[1], 1)
del things[1].__dict__["weight"]
try:
    del things[1].weight
except AttributeError as error:
    print(error)
del Scaled.__get__
print(type(tell(things[1])).__name__)
