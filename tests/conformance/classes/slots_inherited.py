# Slots extended by a subclass, and a subclass that has a dict beside them.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):
    __slots__ = "z"


class Open(Point):
    pass


def read(p):
    return p.x + p.y


q = Point3(1, 2)
q.z = 3
o = Open(4, 5)
o.extra = 6
print(q.x + q.y + q.z, o.__dict__, o.x, type(Point.x).__name__, Point.__slots__)
for i in range(8):
    print(read(q), read(o), read(Point(i, 0.5)))
    q.x += 1
    o.extra += 1
print(o.__dict__, hasattr(q, "__dict__"), q.z)
