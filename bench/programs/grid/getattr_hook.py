"""`__getattr__`: asked for a name that is missing, and beside an attribute that is there."""

OPERATIONS = 8


class Point:
    def __init__(self, y):
        self.y = y

    def __getattr__(self, name):
        return 1


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


def present_load(n):
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


def store(n):
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
