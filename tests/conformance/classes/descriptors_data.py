# Data descriptors win over the instance dict; __set_name__ and __delete__.
class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.name = name
        print("set_name", owner.__name__, name)

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError("%s must be %s" % (self.name, self.kind.__name__))
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__[self.name]


class Point:
    x = Typed(int)
    y = Typed((float))


p = Point()
for i in range(6):
    p.x = i
    p.y = i / 2
    print(p.x, p.y)
try:
    p.x = "s"
except TypeError as error:
    print(error)
del p.x
print(p.__dict__, Point.x.name)
