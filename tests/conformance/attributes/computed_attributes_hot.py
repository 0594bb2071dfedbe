# Attributes that built-in types compute (__class__, __dict__, __name__), hot, while they are hidden
class C:
    def __init__(self):
        self.x = 1


class D(C):
    pass


class Lying:
    @property
    def __class__(self):
        return C


class Borrowed:
    name = type(len).__dict__["__name__"]


def cls(o):
    return o.__class__


def another(o):
    return o.__class__()


def dict_of(o):
    return o.__dict__


def name(f):
    return f.__name__


def borrowed(o):
    try:
        return o.name
    except TypeError as error:
        return str(error)


def f():
    pass


o = C()
for k in range(40):
    if k == 10:
        o.__dict__["__class__"] = "hidden by nothing"
    if k == 15:
        o.__class__ = D
    if k == 20:
        o = Lying()
    if k == 25:
        o = D()
    if k == 30:
        o = type("Named", (D,), {"__class__": property(lambda self: "property")})()
    if k == 35:
        f.__name__ = "renamed"
    row = cls(o), name(f), name(len), borrowed(Borrowed())
    if k < 20 or 25 <= k < 30:
        row += (type(another(o)).__name__, sorted(dict_of(o)))
    if k % 5 == 0:
        print(k, row)
for value in (5, True, 1.5, "s", None, C, f, [], type):
    print(cls(value))
print([cls(value) == type(value) for value in (5, "s", o, C()) * 3])
