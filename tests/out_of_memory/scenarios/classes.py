# Classes: creation, inheritance, __set_name__, __init_subclass__, metaclasses, attributes of types.


class Meta(type):
    def __new__(meta, name, bases, namespace, **kwargs):
        made = super().__new__(meta, name, bases, namespace)
        made.tag = kwargs.get('tag')
        return made

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)


class Named:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return self.name


class Base:
    subclasses = 0

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.subclasses += 1


class Left(Base):
    attribute = Named()


class Right(Base):
    __slots__ = ('x', 'y')


class Both(Left, Right, metaclass=Meta, tag='both'):
    def __init__(self):
        self.x = 1
        self.y = 2
        self.z = 3


def scenario():
    both = Both()
    made = type('Made', (Both,), {'method': lambda self: self.z})
    made.added = [1]
    made.added = 5
    made.__add__ = lambda self, other: other
    both.__class__ = Both
    names = [kind.__name__ for kind in made.__mro__]
    del made.added
    made.__bases__ = (Both,)
    return both.x + both.y, made().method(), made() + 4, names, both.attribute, Both.tag


result = scenario()
