# mro() of a metaclass: what it may return, and what it may do while it runs
def attempt(make):
    try:
        print(make().__mro__)
    except TypeError as error:
        print(type(error).__name__, error)


def metaclass(answer):
    return type('Meta', (type,), {'mro': lambda cls: answer(cls)})


class A:
    def name(self):
        return 'A'


class Slotted:
    __slots__ = ('x', 'y')


attempt(lambda: metaclass(lambda cls: [cls, A, object])('B', (), {}))
attempt(lambda: metaclass(lambda cls: [cls, int, object])('B', (), {}))
attempt(lambda: metaclass(lambda cls: [cls, Slotted, object])('B', (), {}))
attempt(lambda: metaclass(lambda cls: (cls, 5))('B', (), {}))
attempt(lambda: metaclass(lambda cls: 5)('B', (), {}))
attempt(lambda: metaclass(lambda cls: [])('B', (), {}))


class Early(type):
    def mro(cls):
        print('mro of', cls.__name__, cls.__mro__, cls.__bases__)
        for use in (lambda: cls.name, lambda: cls.__bases__ + (A,), lambda: isinstance(A(), cls)):
            try:
                print(use())
            except (AttributeError, TypeError) as error:
                print(error)
        return type.mro(cls)


class Made(A, metaclass=Early):
    pass


def use():
    made = Made()
    made.value = made.name()
    return made.__dict__


for _ in range(10):
    result = use()
print(result, [cls.__name__ for cls in Made.__mro__])
try:
    A.__bases__ = (Made,)
except TypeError as error:
    print(error)
