"""Attributes of an instance with more names than its type can share (30)."""

OPERATIONS = 8


class Wide:
    def __init__(self, x):
        self.x = x
        for k in range(40):
            setattr(self, "name" + str(k), k)
        self.last = x


OBJECTS = [Wide(k) for k in range(8)]


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


def last_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.last
        t = b.last
        t = c.last
        t = d.last
        t = e.last
        t = f.last
        t = g.last
        t = h.last
        total = (total + t) & 0xFFFFFFFF
    return total


def last_store(n):
    a, b, c, d, e, f, g, h = OBJECTS
    total = 0
    for i in range(n):
        a.last = i
        b.last = i
        c.last = i
        d.last = i
        e.last = i
        f.last = i
        g.last = i
        h.last = i
        total = (total + i) & 0xFFFFFFFF
    return total + a.last + b.last + c.last + d.last + e.last + f.last + g.last + h.last
