# classmethod and staticmethod, through class, instance and subclass.
class Base:
    registry = []

    @classmethod
    def make(cls, *args):
        cls.registry.append(cls.__name__)
        return cls(*args)

    @staticmethod
    def add(a, b=1):
        return a + b

    def __init__(self, x=0):
        self.x = x


class Child(Base):
    registry = []


for i in range(6):
    print(Base.make(i).x, Child.make(i).make().x, Base.add(i), Child().add(i, 0.5))
print(Base.registry, Child.registry)
print(Base.make.__self__ is Base, Child.make.__func__ is Base.make.__func__)
print(type(Base.__dict__["add"]).__name__, type(Base.__dict__["make"]).__name__)
bound = Child.make
print(type(bound(5)).__name__, Base.__dict__["add"].__func__(3))
