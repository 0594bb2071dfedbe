"""Attributes of the class, read through an instance: its own and one three classes up."""

OPERATIONS = 8


class Base:
    inherited = 2


class Middle(Base):
    pass


class Upper(Middle):
    pass


class Point(Upper):
    x = 1

    def __init__(self):
        self.y = 0


OBJECTS = [Point() for k in range(8)]


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


def inherited_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.inherited
        t = b.inherited
        t = c.inherited
        t = d.inherited
        t = e.inherited
        t = f.inherited
        t = g.inherited
        t = h.inherited
        total = (total + t) & 0xFFFFFFFF
    return total
