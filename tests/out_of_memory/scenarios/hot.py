# Functions and loops that run long enough to be compiled: instances that do not escape, doubles in
# registers, guards that fail in the middle, exceptions that cross inlined calls.


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y)


class Manager:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.depth += 1
        return self

    def __exit__(self, kind, value, traceback):
        self.log.depth -= 1
        return kind is KeyError


class Log:
    depth = 0


def walk(n, step):
    total = Vector(0, 0)
    for i in range(n):
        total = total.plus(Vector(i, step))
    return total.x, total.y


def scale(n, factor):
    value = 1.5
    for i in range(n):
        value = value * factor
    return value


def manage(n, log):
    caught = 0
    for i in range(n):
        try:
            with Manager(log) as manager:
                if i % 4 == 1:
                    raise KeyError(i)
                if i % 4 == 3:
                    raise ValueError((i, manager))
        except ValueError:
            caught += 1
    return caught, log.depth


def collect(n):
    items = []
    for i in range(n):
        items.append({'i': i, 'square': (i * i, str(i))})
    return items


def scenario():
    found = [walk(12, 1), walk(6, 2.5), walk(3, 2 ** 60), scale(9, 1e-40), scale(5, 1e60)]
    found.append(manage(9, Log()))
    found.append(collect(8))
    Vector.plus = lambda self, other: Vector(other.x, [self.y])
    found.append(walk(3, 1))
    found.append([f'{v:.3g}' for v in (scale(3, 2), scale(2, 1e200))])
    return found


result = scenario()
