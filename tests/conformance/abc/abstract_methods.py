# Abstract methods: which classes have them, what instantiating says, when they stop being abstract.
from abc import ABC, ABCMeta, abstractmethod, abstractproperty, update_abstractmethods
from abc import abstractclassmethod, abstractstaticmethod


class Shape(ABC):
    @abstractmethod
    def area(self):
        return 1

    @property
    @abstractmethod
    def name(self): ...

    @classmethod
    @abstractmethod
    def make(cls): ...

    def plain(self):
        return 'plain'


class Half(Shape):
    def area(self):
        return super().area() + 1

    name = property(lambda self: 'half')


class Whole(Half):
    @classmethod
    def make(cls):
        return cls()


class Old(metaclass=ABCMeta):
    x = abstractproperty(lambda self: 1)
    y = abstractclassmethod(lambda cls: 1)
    z = abstractstaticmethod(lambda: 1)


for cls in (Shape, Half, Whole, Old):
    print(cls.__name__, sorted(cls.__abstractmethods__))
    for _ in range(6):
        try:
            made = cls()
            answer = made.area(), made.name, made.plain()
        except TypeError as error:
            answer = error
    print(answer)
print(type(Shape), Whole.make().area(), Shape.__slots__ if '__slots__' in vars(Shape) else None)

Shape.name = None
Half.make = classmethod(lambda cls: cls())
print(sorted(Half.__abstractmethods__), update_abstractmethods(Half) is Half)
print(sorted(Half.__abstractmethods__), Half.make().area(), update_abstractmethods(int))


class Mark:
    @property
    def __isabstractmethod__(self):
        raise ZeroDivisionError('asked')


try:
    class Bad(ABC):
        mark = Mark()
except ZeroDivisionError as error:
    print(error)
try:
    abstractmethod(3)
except AttributeError as error:
    print(error)
