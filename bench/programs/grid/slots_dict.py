"""`__slots__` with a `__dict__` beside: an attribute of each kind."""

OPERATIONS = 8


class Point:
    __slots__ = ("x", "__dict__")

    def __init__(self, x):
        self.x = x
        self.y = x


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


def store(n):
    a, b, c, d, e, f, g, h = OBJECTS
    total = 0
    for i in range(n):
        a.x = i
        b.x = i
        c.x = i
        d.x = i
        e.x = i
        f.x = i
        g.x = i
        h.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + a.x + b.x + c.x + d.x + e.x + f.x + g.x + h.x


def dict_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.y
        t = b.y
        t = c.y
        t = d.y
        t = e.y
        t = f.y
        t = g.y
        t = h.y
        total = (total + t) & 0xFFFFFFFF
    return total


def dict_store(n):
    a, b, c, d, e, f, g, h = OBJECTS
    total = 0
    for i in range(n):
        a.y = i
        b.y = i
        c.y = i
        d.y = i
        e.y = i
        f.y = i
        g.y = i
        h.y = i
        total = (total + i) & 0xFFFFFFFF
    return total + a.y + b.y + c.y + d.y + e.y + f.y + g.y + h.y
