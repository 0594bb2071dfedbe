# DynamicClassAttribute: a property on instances, the metaclass's business on the class.
from types import DynamicClassAttribute


class Meta(type):
    def __getattr__(cls, name):
        return f'{cls.__name__}.{name} of the metaclass'


class C(metaclass=Meta):
    def __init__(self):
        self._value = 1

    @DynamicClassAttribute
    def value(self):
        """The value."""
        return self._value

    @value.setter
    def value(self, new):
        self._value = new

    @value.deleter
    def value(self):
        del self._value

    @DynamicClassAttribute
    def fixed(self):
        return 'fixed'

    nothing = DynamicClassAttribute(None, doc='doc')


c = C()
print(c.value, C.value, C.fixed, c.fixed)
c.value = 5
print(c.value, vars(c))
del c.value
print(vars(c), C.__dict__['value'].__doc__, C.__dict__['nothing'].__doc__)


def attempt(action):
    try:
        print(action())
    except AttributeError as error:
        print(error)


attempt(lambda: c.value)
attempt(lambda: setattr(c, 'fixed', 1))
attempt(lambda: delattr(c, 'fixed'))
attempt(lambda: c.nothing)


class Plain:
    @DynamicClassAttribute
    def value(self):
        """First."""

    @value.getter
    def value(self):
        """Second."""
        return 2


attempt(lambda: Plain.value)
print(Plain().value, Plain.__dict__['value'].__doc__)


class Abstract:
    def get(self):
        pass
    get.__isabstractmethod__ = True
    value = DynamicClassAttribute(get)


print(Abstract.value is Abstract.__dict__['value'], Abstract.value.__isabstractmethod__)
