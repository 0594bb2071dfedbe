# Descriptors without __set__ that give way to attributes of the instance, hot, until they do not
class NonData:
    def __init__(self, label):
        self.label = label

    def __get__(self, instance, owner):
        if instance is None:
            return self.label + " of the class"
        return self.label, instance.n, owner.__name__


class C:
    x = NonData("first")

    def __init__(self, n):
        self.n = n


class Sub(C):
    pass


def load(o):
    return o.x


def caught(o):
    try:
        return o.x
    except ValueError as error:
        return str(error)


def fail(self, instance, owner):
    raise ValueError("no value")


o = C(1)
for k in range(90):
    if k == 10:
        o.x = "own"
    if k == 15:
        del o.x
    if k == 20:
        C.x = NonData("second")
    if k == 25:
        o.__dict__["x"] = "in the dict"
    if k == 30:
        o = C(2)
        NonData.__set__ = lambda self, instance, value: None
    if k == 35:
        o.__dict__["x"] = "hidden"
    if k == 40:
        del NonData.__set__
    if k == 45:
        o = Sub(3)
    if k == 50:
        NonData.__delete__ = lambda self, instance: None
        o.__dict__["x"] = "hidden by a data descriptor"
    if k == 55:
        del NonData.__delete__
        o = C(4)
    if k == 60:
        get = NonData.__get__
        NonData.__get__ = fail
    if k == 65:
        del NonData.__get__
    if k == 70:
        NonData.__get__ = get
    if k == 75:
        C.x = "plain"
    if k == 80:
        C.x = NonData("third")
    row = caught(o) if 60 <= k < 65 else load(o)
    if k % 5 == 0:
        print(k, row if type(row) is not NonData else "the descriptor", caught(C(5)) == row)


class Plain:
    def method(self):
        return "method"

    @staticmethod
    def static():
        return "static"

    @classmethod
    def of_class(cls):
        return cls.__name__


def values(o):
    return o.method, o.static, o.of_class


def native(o):
    return object.__repr__(o)[:10], object.__hash__(o) == hash(o), object.__eq__(o, o)


o = Plain()
for k in range(40):
    if k == 10:
        o.method = o.static = "own"
    if k == 20:
        del o.method
        Plain.static = staticmethod(len)
    if k == 30:
        o = Plain()
        Plain.method = lambda self: "replaced"
    method, static, of_class = values(o)
    if k % 10 == 5:
        print(method() if callable(method) else method, static if k == 15 else static is len,
              of_class(), native(o), getattr(method, "__self__", None) is o)
