# type() with three arguments, metaclasses, __init_subclass__, __call__ of a metaclass.
class Registry(type):
    classes = []

    def __new__(mcls, name, bases, namespace, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.classes.append((name, sorted(kwargs)))
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        instance = super().__call__(*args)
        instance.made_by = "meta"
        return instance

    def describe(cls): return "class " + cls.__name__


class Base(metaclass=Registry):
    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag


class Child(Base, tag="t"):
    def __init__(self, x=0): self.x = x


print(Registry.classes, Child.tag, Child.describe(), type(Child).__name__,
      isinstance(Child, Registry))
for i in range(6):
    print(Child(i).x, Child(i).made_by)
Made = type("Made", (Child,), {"y": 5, "get": lambda self: self.y + self.x})
print(Made(1).get(), Made.__name__, Made.__mro__[1].__name__, hasattr(Made(1), "describe"))
for call in (lambda: type("X", (5,), {}), lambda: type("X", (), 5), lambda: type(1, 2),
             lambda: type()):
    try:
        call()
    except TypeError as error:
        print(error)
