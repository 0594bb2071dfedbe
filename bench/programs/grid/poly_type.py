"""One place that meets four classes as objects."""

OPERATIONS = 16


def make_class(k):
    class Point:
        x = k
    return Point


CLASSES = [make_class(k % 4) for k in range(4)] * 4


def baseline(n):
    total = 0
    for i in range(n):
        for o in CLASSES:
            t = i
        total = (total + t) & 0xFFFFFFFF
    return total


def load(n):
    total = 0
    for i in range(n):
        for o in CLASSES:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store(n):
    total = 0
    for i in range(n):
        for o in CLASSES:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x
