# __slots__: no dict, errors, inheritance.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx):
        self.x += dx
        return self.x


p = Point(1, 2)
for i in range(6):
    p.move(0.5 if i == 4 else i)
print(p.x, p.y, hasattr(p, "__dict__"))
for act in (lambda: setattr(p, "z", 1), lambda: p.z, lambda: p.__dict__,
            lambda: Point.x.__get__(5)):
    try:
        act()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
del p.x
try:
    p.x
except AttributeError as error:
    print(error)
try:
    del p.x
except AttributeError as error:
    print(error)
