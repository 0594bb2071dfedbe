# A class attribute cached as shadowed by the instance becomes a data descriptor.
class Point:
    x = 0

    def __init__(self, x):
        self.x = x


def read(p):
    return p.x


def write(p, value):
    p.x = value


points = [Point(i) for i in range(3)]
for i in range(12):
    print([read(p) for p in points])
    for p in points:
        try:
            write(p, i)
        except AttributeError as error:
            print(error)
    if i == 4:
        Point.x = property(lambda self: "property %d" % len(self.__dict__))
    if i == 6:
        Point.x = property(lambda self: self.__dict__["x"] * 2,
                           lambda self, v: self.__dict__.__setitem__("x", v + 0.5))
    if i == 9:
        del Point.x
print([p.__dict__ for p in points])
