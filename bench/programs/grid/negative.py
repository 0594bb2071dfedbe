"""hasattr() and getattr() with a default: names that are missing and names that are there."""

OPERATIONS = 8


class Point:
    def __init__(self, x):
        self.x = x


OBJECTS = [Point(k) for k in range(8)]


def hasattr_missing(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = hasattr(a, "z")
        t = hasattr(b, "z")
        t = hasattr(c, "z")
        t = hasattr(d, "z")
        t = hasattr(e, "z")
        t = hasattr(f, "z")
        t = hasattr(g, "z")
        t = hasattr(h, "z")
        total = (total + i) & 0xFFFFFFFF
    return total + t


def hasattr_present(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = hasattr(a, "x")
        t = hasattr(b, "x")
        t = hasattr(c, "x")
        t = hasattr(d, "x")
        t = hasattr(e, "x")
        t = hasattr(f, "x")
        t = hasattr(g, "x")
        t = hasattr(h, "x")
        total = (total + i) & 0xFFFFFFFF
    return total + t


def getattr_missing(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = getattr(a, "z", i)
        t = getattr(b, "z", i)
        t = getattr(c, "z", i)
        t = getattr(d, "z", i)
        t = getattr(e, "z", i)
        t = getattr(f, "z", i)
        t = getattr(g, "z", i)
        t = getattr(h, "z", i)
        total = (total + t) & 0xFFFFFFFF
    return total


def getattr_present(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = getattr(a, "x", i)
        t = getattr(b, "x", i)
        t = getattr(c, "x", i)
        t = getattr(d, "x", i)
        t = getattr(e, "x", i)
        t = getattr(f, "x", i)
        t = getattr(g, "x", i)
        t = getattr(h, "x", i)
        total = (total + t) & 0xFFFFFFFF
    return total
