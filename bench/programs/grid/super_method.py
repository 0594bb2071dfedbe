"""super(): a method that calls the next class's, and one that reads its attribute."""

OPERATIONS = 8


class Base:
    scale = 2

    def get(self):
        return self.x


class Point(Base):
    def __init__(self, x):
        self.x = x

    def get(self):
        return super().get()

    def scaled(self):
        return super().scale


OBJECTS = [Point(k) for k in range(8)]


def call(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.get()
        t = b.get()
        t = c.get()
        t = d.get()
        t = e.get()
        t = f.get()
        t = g.get()
        t = h.get()
        total = (total + t) & 0xFFFFFFFF
    return total


def attribute(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.scaled()
        t = b.scaled()
        t = c.scaled()
        t = d.scaled()
        t = e.scaled()
        t = f.scaled()
        t = g.scaled()
        t = h.scaled()
        total = (total + t) & 0xFFFFFFFF
    return total
