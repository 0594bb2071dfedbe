# Loads before an operation: what the second of two instructions does, and where it raises.
import traceback


class Box:
    def __init__(self, value):
        self.value = value

    @property
    def computed(self):
        return self.value * 2

    def __getattr__(self, name):
        if name == 'made':
            return 7
        raise AttributeError(name)

    def __add__(self, other):
        return 'add', other

    __iadd__ = __sub__ = __mul__ = __add__

    def __lt__(self, other):
        return 'less'


def attributes(box, other):
    box.value = other
    box.fresh = box.value
    return box.value, box.computed, box.made, box.fresh


def operations(a, b):
    s = a + b
    d = a - b
    m = a * b
    t = a
    t += b
    u = a
    u -= b
    return s, d, m, t, u, a + 1, a - 1, a * 3, 1 + b if not isinstance(b, (str, list)) else None


def comparisons(a, b):
    out = []
    if a < b:
        out.append('<')
    while a == b:
        out.append('==')
        break
    out.append(a >= b)
    out.append(a != 0)
    return out


def items(a, k):
    x = a[k]
    y = a[0]
    a[k] = y
    for z in a:
        w = z
    else:
        z, w = w, z
    return x, y, z, w


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)
        entry = error.__traceback__.tb_next
        print(entry.tb_lineno - function.__code__.co_firstlineno)


BIG = 2 ** 59
for _ in range(40):
    attempt(attributes, Box(1), 2)
    attempt(attributes, 1, 2)
    for pair in ((1, 2), (BIG, BIG), (-BIG - 5, BIG), (1.5, 2), (2, 1.5), (Box(1), 3), ('a', 'b'),
                 ('a', 2), ([1], [2]), (1, None), (True, 2)):
        attempt(operations, *pair)
        attempt(comparisons, *pair)
    for container, key in (([1, 2], 1), ([1, 2], 2), ((1, 2), 1), ('ab', 1), ({0: 1, 1: 2}, 1),
                           ({0: 1}, 'x'), ({'x': 1, 0: 3}, 'x'), (5, 1), ([1, 2], -1), ([1], None)):
        attempt(items, container, key)


def undefined():
    if BIG < 0:
        late = 1
    return BIG + late


def deleted(a, b):
    del b
    return a + b


attempt(undefined)
attempt(deleted, 1, 2)
