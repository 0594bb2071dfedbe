# The dict of instances whose classes inherit it together with a built-in type's layout: where it is,
# which keys it shares, and that a store finds it (python/cpython issues 92678, 96046).
class Mixin:
    def __init__(self, *args):
        self.made = args

    def put(self, name, value):
        setattr(self, name, value)
        self.last = name
        return self.__dict__


class Slotted:
    __slots__ = ("slot",)


class Error(Mixin, Exception):
    pass


class Number(Mixin, int):
    def __new__(cls, *args):
        return int.__new__(cls, 7)


class Items(Mixin, list):
    pass


class Both(Slotted, Mixin):
    pass


class Deep(Both):
    __slots__ = ("deeper",)


for i in range(4):
    for cls in (Mixin, Error, Number, Items, Both, Deep):
        o = cls(i)
        d = o.put("x%d" % i, i)
        if i % 2:
            o.__dict__ = dict(d)
        o.put("again", i)
        print(cls.__name__, o.__dict__, d is o.__dict__, "__dict__" in cls.__dict__)
        del o.__dict__["last"]
        try:
            o.slot = o.deeper = i
        except AttributeError as error:
            print(error)
        print(list(o.__dict__), getattr(o, "slot", "-"))
