"""`__getattribute__` that asks object's."""

OPERATIONS = 8


class Point:
    def __init__(self, x):
        self.x = x

    def __getattribute__(self, name):
        return object.__getattribute__(self, name)


OBJECTS = [Point(k) for k in range(8)]


def load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.x
        t = b.x
        t = c.x
        t = d.x
        t = e.x
        t = f.x
        t = g.x
        t = h.x
        total = (total + t) & 0xFFFFFFFF
    return total
