"""Objects made and released: plain ones, without and with attributes, with slots."""

OPERATIONS = 8


class Empty:
    pass


class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


class Slotted:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


def plain(n):
    total = 0
    for i in range(n):
        o = object()
        o = object()
        o = object()
        o = object()
        o = object()
        o = object()
        o = object()
        o = object()
        total = (total + i) & 0xFFFFFFFF
    return total


def attributes_0(n):
    total = 0
    for i in range(n):
        o = Empty()
        o = Empty()
        o = Empty()
        o = Empty()
        o = Empty()
        o = Empty()
        o = Empty()
        o = Empty()
        total = (total + i) & 0xFFFFFFFF
    return total


def attributes_3(n):
    total = 0
    for i in range(n):
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        o = Point(i, 2, 3)
        total = (total + i) & 0xFFFFFFFF
    return total


def slots_3(n):
    total = 0
    for i in range(n):
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        o = Slotted(i, 2, 3)
        total = (total + i) & 0xFFFFFFFF
    return total
