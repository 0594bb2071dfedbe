"""One place that meets one class in four forms: values, split, combined, exhausted."""

OPERATIONS = 16


class Point:
    def __init__(self, form):
        self.x = form
        if form == 1:
            vars(self)
        if form == 2:
            self.__dict__ = {"y": 0, "x": 2}
        if form == 3:
            for k in range(40):
                setattr(self, "name" + str(k), k)


def objects():
    return [Point(k % 4) for k in range(16)]


def baseline(n):
    points = objects()
    total = 0
    for i in range(n):
        for o in points:
            t = i
        total = (total + t) & 0xFFFFFFFF
    return total


def load(n):
    points = objects()
    total = 0
    for i in range(n):
        for o in points:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store(n):
    points = objects()
    total = 0
    for i in range(n):
        for o in points:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x
