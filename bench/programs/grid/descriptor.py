"""Descriptors written in Python: one with `__get__` and `__set__`, one with `__get__` alone."""

OPERATIONS = 8


class Data:
    def __get__(self, instance, owner):
        return instance._x

    def __set__(self, instance, value):
        instance._x = value


class NonData:
    def __get__(self, instance, owner):
        return instance._x


class Point:
    x = Data()
    y = NonData()

    def __init__(self, x):
        self._x = x


OBJECTS = [Point(k) for k in range(8)]


def data_load(n):
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


def data_store(n):
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


def nondata_load(n):
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
