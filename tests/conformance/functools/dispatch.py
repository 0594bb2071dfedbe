# singledispatch and singledispatchmethod: the MRO, abstract classes, registration, messages.
import abc
from functools import singledispatch, singledispatchmethod, total_ordering, wraps


@singledispatch
def describe(value, *rest):
    """Doc."""
    return 'object', rest


@describe.register(int)
def of_int(value):
    return 'int'


@describe.register
def _(value: list):
    return 'list'


@describe.register
def _(value: 'dict', *, flag=False):
    return 'dict', flag


describe.register(type(None), lambda value: 'none')


class Shape(abc.ABC):
    pass


class Round(abc.ABC):
    pass


class Circle:
    pass


for _ in range(6):
    seen = describe(1), describe(True), describe([]), describe({}, flag=1), describe(None), describe('x', 2)
print(seen, describe.__name__, describe.__doc__, of_int(3))
print(describe(Circle()))
describe.register(Shape, lambda value: 'shape')
Shape.register(Circle)
print(describe(Circle()), describe.dispatch(Circle)(0), describe.dispatch(float) is describe.registry[object])
describe.register(Round, lambda value: 'round')
Round.register(Circle)
try:
    print(describe(Circle()))
except RuntimeError as error:
    print(error)


class Ring(Round):
    pass


class Both(Circle, Ring):
    pass


print(describe(Ring()), describe(Both()), [cls.__name__ for cls in describe.registry])
try:
    describe.registry[str] = 1
except TypeError as error:
    print(error)


def plain(value):
    pass


def odd(value: 3):
    pass


for bad in (lambda: describe(), lambda: describe.register(3), lambda: describe.register(plain),
            lambda: describe.register(odd), lambda: describe.register('a', plain), lambda: singledispatchmethod(3)):
    try:
        print(bad())
    except TypeError as error:
        print(str(error).replace(repr(plain), 'plain'))


class Printer:
    @singledispatchmethod
    def show(self, value):
        return 'any', value

    @show.register
    def _(self, value: int):
        return 'int', value + 1

    @singledispatchmethod
    @classmethod
    def build(cls, value):
        return cls.__name__, value

    @build.register(str)
    @classmethod
    def _(cls, value):
        return cls.__name__, 'str', value


printer = Printer()
print(printer.show(1), printer.show('a'), Printer.build(3), printer.build('s'), Printer.show.__name__)


@total_ordering
class Size:
    def __init__(self, size):
        self.size = size

    def __eq__(self, other):
        return self.size == other.size

    def __gt__(self, other):
        if not isinstance(other, Size):
            return NotImplemented
        return self.size > other.size


small, big = Size(1), Size(2)
print(small < big, small <= big, small >= big, small > big, small <= Size(1), Size.__le__.__name__)
for bad in (lambda: small < 3, lambda: total_ordering(Circle)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(error)


def logged(function):
    @wraps(function)
    def wrapper(*args):
        """Not this."""
        return 'logged', function(*args)
    return wrapper


@logged
def add(a: int, b) -> int:
    """This."""
    return a + b


add.extra = 1
print(add(1, 2), add.__name__, add.__qualname__, add.__doc__, add.__annotations__, add.__wrapped__(3, 4), logged(add).extra)
