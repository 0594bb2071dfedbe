# staticmethod, classmethod and property objects that get other functions while hot code uses them
class Base:
    @staticmethod
    def static():
        return "static 1"

    @classmethod
    def whose(cls):
        return "class 1", cls.__name__

    @property
    def x(self):
        return "getter 1"

    @x.setter
    def x(self, value):
        self.stored = 1, value


class C(Base):
    pass


def use(o, cls, k):
    o.x = k
    return o.static(), cls.static(), o.whose(), cls.whose(), o.x, o.stored


parts = Base.__dict__
c = C()
for k in range(60):
    if k == 12:
        parts["static"].__init__(lambda: "static 2")
    if k == 22:
        parts["whose"].__init__(lambda cls: ("class 2", cls.__name__))
    if k == 32:
        parts["x"].__init__(lambda self: "getter 2", lambda self, value: setattr(self, "stored", k))
    if k == 42:
        parts["x"].__init__(parts["x"].fget)
        try:
            use(c, C, k)
        except AttributeError as error:
            print(error)
        parts["x"].__init__(lambda self: "getter 3", parts["static"].__func__)
        try:
            use(c, C, k)
        except TypeError as error:
            print(error)
        parts["x"].__init__(lambda self: "getter 4", lambda *args: None)
    if k == 52:
        C.again = parts["static"]
        parts["static"].__init__(len)
        try:
            use(c, C, k)
        except TypeError as error:
            print(error)
        parts["static"].__init__(lambda: "static 3")
        print(C.again(), c.again())
    row = use(c, C, k)
    if k % 10 in (1, 2, 3):
        print(k, row)


class Call:
    def __call__(self, *args):
        return args


class Giver:
    def __get__(self, instance, owner):
        return instance, owner


class Wrapping:
    call = classmethod(Call())
    giver = classmethod(Giver())
    native = classmethod(repr)
    chained = classmethod(property(lambda cls: cls.__name__))


for k in range(6):
    row = Wrapping.call(k), Wrapping().call(k), Wrapping.native(), Wrapping().native()
    row += Wrapping.giver, Wrapping().giver, Wrapping.chained, Wrapping().chained
print(row, type(Wrapping.call).__name__)
