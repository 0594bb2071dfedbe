"""The first stores of eight attributes; the object without them is subtracted."""

OPERATIONS = 8


class Empty:
    pass


class Unset:
    def __init__(self, a, b, c, d, e, f, g, h):
        pass


class Point:
    def __init__(self, a, b, c, d, e, f, g, h):
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.e = e
        self.f = f
        self.g = g
        self.h = h


def store(n):
    total = 0
    for i in range(n):
        o = Empty()
        o.a = i
        o.b = i
        o.c = i
        o.d = i
        o.e = i
        o.f = i
        o.g = i
        o.h = i
        total = (total + i) & 0xFFFFFFFF
    return total


def store_baseline(n):
    total = 0
    for i in range(n):
        o = Empty()
        total = (total + i) & 0xFFFFFFFF
    return total


def init_store(n):
    total = 0
    for i in range(n):
        o = Point(i, i, i, i, i, i, i, i)
        total = (total + i) & 0xFFFFFFFF
    return total


def init_store_baseline(n):
    total = 0
    for i in range(n):
        o = Unset(i, i, i, i, i, i, i, i)
        total = (total + i) & 0xFFFFFFFF
    return total
