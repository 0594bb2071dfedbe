# Instances of classes without __init__, with __slots__, and plain objects, made by hot code
class Empty:
    pass


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


class Bare:
    __slots__ = ()


class Counted:
    made = 0

    def __new__(cls, *args):
        Counted.made += 1
        return object.__new__(cls)


class Closed:
    def __del__(self):
        log.append("del")


log = []


def make(k):
    return Empty(), Slotted(k), Bare(), object(), Counted(), Closed()


def refused(cls):
    try:
        return cls(1)
    except TypeError as error:
        return str(error)


def bare_object():
    try:
        object().x = 1
    except AttributeError as error:
        return str(error)


for k in range(50):
    if k == 10:
        Empty.__init__ = lambda self: setattr(self, "by_init", 1)
    if k == 20:
        del Empty.__init__
    if k == 25:
        Empty.__new__ = lambda cls: 7
    if k == 30:
        del Empty.__new__
    if k == 35:
        del Slotted.__init__
        try:
            make(k)
        except TypeError as error:
            print(error)
        Slotted.__init__ = lambda self, x: None
    if k == 40:
        Closed.__init__ = lambda self: "wrong"
        try:
            make(k)
        except TypeError as error:
            print(error)
        del Closed.__init__
    empty, slotted, bare, plain, counted, closed = made = make(k)
    if k % 5 == 1:
        print(k, [type(one).__name__ for one in made], getattr(slotted, "x", None), len(log))
        print(vars(empty) if type(empty) is Empty else empty, Counted.made)
        print(refused(Empty) if k < 25 else "", refused(Bare), refused(object), bare_object())
closed = made = None
