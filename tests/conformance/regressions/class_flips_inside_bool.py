# __bool__, __add__ and __index__ change the class of the object that a condition or sum is about: what
# was known of it before does not hold behind it (python/cpython issues 144681, 141648, 143026).
class First:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        self.__class__ = Second
        return True

    def __add__(self, other):
        self.__class__ = Second
        return self.value + other

    def name(self):
        return "first"


class Second(First):
    def __bool__(self):
        self.__class__ = First
        return False

    def __add__(self, other):
        self.__class__ = First
        return self.value - other

    @property
    def value(self):
        return self.__dict__["value"] * 100


Second.value = Second.value.setter(lambda self, value: None)
Second.name = lambda self: "second"


def use(o):
    before = o.value, o.name()
    if o:
        inside = o.value, o.name()
    else:
        inside = o.name(), o.value
    total = o + 1
    return before, inside, total, o.value, o.name()


objects = [First(1), First(2)]
for i in range(10):
    print([use(o) for o in objects], [type(o).__name__ for o in objects])
    if i == 6:
        objects[0] + 1
