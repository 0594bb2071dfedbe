"""One place that meets objects of 2, 4, 8 and 16 classes, with different layouts."""

OPERATIONS = 16


def make_class(k):
    class Shape:
        def __init__(self):
            for j in range(k % 5):
                setattr(self, "before" + str(j), j)
            self.x = k

        def get(self):
            return k
    return Shape


CLASSES = [make_class(k) for k in range(16)]


def objects(types):
    return [CLASSES[k % types]() for k in range(16)]


def baseline(n):
    shapes = objects(2)
    total = 0
    for i in range(n):
        for o in shapes:
            t = i
        total = (total + t) & 0xFFFFFFFF
    return total


def load_2(n):
    shapes = objects(2)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store_2(n):
    shapes = objects(2)
    total = 0
    for i in range(n):
        for o in shapes:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x


def call_2(n):
    shapes = objects(2)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.get()
        total = (total + t) & 0xFFFFFFFF
    return total


def load_4(n):
    shapes = objects(4)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store_4(n):
    shapes = objects(4)
    total = 0
    for i in range(n):
        for o in shapes:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x


def call_4(n):
    shapes = objects(4)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.get()
        total = (total + t) & 0xFFFFFFFF
    return total


def load_8(n):
    shapes = objects(8)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store_8(n):
    shapes = objects(8)
    total = 0
    for i in range(n):
        for o in shapes:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x


def call_8(n):
    shapes = objects(8)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.get()
        total = (total + t) & 0xFFFFFFFF
    return total


def load_16(n):
    shapes = objects(16)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.x
        total = (total + t) & 0xFFFFFFFF
    return total


def store_16(n):
    shapes = objects(16)
    total = 0
    for i in range(n):
        for o in shapes:
            o.x = i
        total = (total + i) & 0xFFFFFFFF
    return total + o.x


def call_16(n):
    shapes = objects(16)
    total = 0
    for i in range(n):
        for o in shapes:
            t = o.get()
        total = (total + t) & 0xFFFFFFFF
    return total
