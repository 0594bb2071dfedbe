"""Methods, static and class methods, through instances and the class; bound methods; a native one."""

OPERATIONS = 8


class Point:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x

    def add(self, k):
        return self.x + k

    @staticmethod
    def fixed():
        return 1

    @classmethod
    def named(cls):
        return 1


OBJECTS = [Point(k) for k in range(8)]
NUMBERS = [(5, 6, 5) for k in range(8)]


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


def call_1(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.add(i)
        t = b.add(i)
        t = c.add(i)
        t = d.add(i)
        t = e.add(i)
        t = f.add(i)
        t = g.add(i)
        t = h.add(i)
        total = (total + t) & 0xFFFFFFFF
    return total


def bound_load(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.get
        t = b.get
        t = c.get
        t = d.get
        t = e.get
        t = f.get
        t = g.get
        t = h.get
        total = (total + (t is not None)) & 0xFFFFFFFF
    return total


def static_call(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.fixed()
        t = b.fixed()
        t = c.fixed()
        t = d.fixed()
        t = e.fixed()
        t = f.fixed()
        t = g.fixed()
        t = h.fixed()
        total = (total + t) & 0xFFFFFFFF
    return total


def class_call(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = a.named()
        t = b.named()
        t = c.named()
        t = d.named()
        t = e.named()
        t = f.named()
        t = g.named()
        t = h.named()
        total = (total + t) & 0xFFFFFFFF
    return total


def of_type_call(n):
    a, b, c, d, e, f, g, h = OBJECTS
    t = total = 0
    for i in range(n):
        t = Point.get(a)
        t = Point.get(b)
        t = Point.get(c)
        t = Point.get(d)
        t = Point.get(e)
        t = Point.get(f)
        t = Point.get(g)
        t = Point.get(h)
        total = (total + t) & 0xFFFFFFFF
    return total


def of_type_static_call(n):
    t = total = 0
    for i in range(n):
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        t = Point.fixed()
        total = (total + t) & 0xFFFFFFFF
    return total


def of_type_class_call(n):
    t = total = 0
    for i in range(n):
        t = Point.named()
        t = Point.named()
        t = Point.named()
        t = Point.named()
        t = Point.named()
        t = Point.named()
        t = Point.named()
        t = Point.named()
        total = (total + t) & 0xFFFFFFFF
    return total


def native_call(n):
    a, b, c, d, e, f, g, h = NUMBERS
    t = total = 0
    for i in range(n):
        t = a.count(5)
        t = b.count(5)
        t = c.count(5)
        t = d.count(5)
        t = e.count(5)
        t = f.count(5)
        t = g.count(5)
        t = h.count(5)
        total = (total + t) & 0xFFFFFFFF
    return total
