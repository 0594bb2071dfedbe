# Methods replaced, added, deleted and shadowed on class, base and instance while hot.
class Base:
    def f(self): return "base"


class Child(Base):
    def __init__(self): self.x = 1


def call(obj):
    return obj.f()


obj = Child()
for i in range(16):
    print(call(obj), end=" ")
    if i == 3:
        Child.f = lambda self: "child"
    elif i == 5:
        Base.f = lambda self: "base2"
    elif i == 6:
        del Child.f
    elif i == 8:
        obj.f = lambda: "instance"
    elif i == 10:
        del obj.f
    elif i == 11:
        Child.f = staticmethod(lambda: "static")
    elif i == 12:
        Child.f = classmethod(lambda cls: cls.__name__)
    elif i == 13:
        Child.f = property(lambda self: (lambda: "property"))
    elif i == 14:
        del Child.f
print()
del Base.f
try:
    call(obj)
except AttributeError as error:
    print(error)
