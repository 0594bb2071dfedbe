"""Attributes that the runtime computes: of objects, integers and functions."""

OPERATIONS = 8


class Point:
    pass


def make_function(k):
    def function():
        return k
    return function


OBJECTS = [Point() for k in range(8)]
INTS = [k + 1 for k in range(8)]
FUNCTIONS = [make_function(k) for k in range(8)]


def int_load(n):
    a, b, c, d, e, f, g, h = INTS
    t = total = 0
    for i in range(n):
        t = a.real
        t = b.real
        t = c.real
        t = d.real
        t = e.real
        t = f.real
        t = g.real
        t = h.real
        total = (total + t) & 0xFFFFFFFF
    return total


def class_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.__class__
        t = b.__class__
        t = c.__class__
        t = d.__class__
        t = e.__class__
        t = f.__class__
        t = g.__class__
        t = h.__class__
        total = (total + (t is Point)) & 0xFFFFFFFF
    return total


def dict_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.__dict__
        t = b.__dict__
        t = c.__dict__
        t = d.__dict__
        t = e.__dict__
        t = f.__dict__
        t = g.__dict__
        t = h.__dict__
        total = (total + (t is not None)) & 0xFFFFFFFF
    return total


def name_load(n):
    a, b, c, d, e, f, g, h = FUNCTIONS
    t = total = 0
    for i in range(n):
        t = a.__name__
        t = b.__name__
        t = c.__name__
        t = d.__name__
        t = e.__name__
        t = f.__name__
        t = g.__name__
        t = h.__name__
        total = (total + (t is not None)) & 0xFFFFFFFF
    return total


def name_store(n):
    a, b, c, d, e, f, g, h = FUNCTIONS
    total = 0
    for i in range(n):
        a.__name__ = "f"
        b.__name__ = "f"
        c.__name__ = "f"
        d.__name__ = "f"
        e.__name__ = "f"
        f.__name__ = "f"
        g.__name__ = "f"
        h.__name__ = "f"
        total = (total + i) & 0xFFFFFFFF
    return total
