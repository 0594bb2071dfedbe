"""`del` of an attribute, and the store that brings it back: in values form, and of a slot."""

OPERATIONS = 8


class Point:
    def __init__(self, x):
        self.y = 0
        self.x = x


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


OBJECTS = [Point(k) for k in range(8)]
SLOTTED = [Slotted(k) for k in range(8)]


def delete_store(n):
    a, b, c, d, e, f, g, h = OBJECTS
    total = 0
    for i in range(n):
        del a.x
        a.x = i
        del b.x
        b.x = i
        del c.x
        c.x = i
        del d.x
        d.x = i
        del e.x
        e.x = i
        del f.x
        f.x = i
        del g.x
        g.x = i
        del h.x
        h.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + h.x


def slot_delete_store(n):
    a, b, c, d, e, f, g, h = SLOTTED
    total = 0
    for i in range(n):
        del a.x
        a.x = i
        del b.x
        b.x = i
        del c.x
        c.x = i
        del d.x
        d.x = i
        del e.x
        e.x = i
        del f.x
        f.x = i
        del g.x
        g.x = i
        del h.x
        h.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + h.x
