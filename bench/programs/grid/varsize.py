"""Attributes of instances of subclasses of int, tuple and str."""

OPERATIONS = 8


class Int(int):
    pass


def make_int(k):
    made = Int(k)
    made.x = k
    return made


class Tuple(tuple):
    pass


def make_tuple(k):
    made = Tuple((k, 1))
    made.x = k
    return made


class Str(str):
    pass


def make_str(k):
    made = Str("text")
    made.x = k
    return made


INTS = [make_int(k) for k in range(8)]
TUPLES = [make_tuple(k) for k in range(8)]
STRS = [make_str(k) for k in range(8)]


def int_load(n):
    a, b, c, d, e, f, g, h = INTS
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


def int_store(n):
    a, b, c, d, e, f, g, h = INTS
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


def tuple_load(n):
    a, b, c, d, e, f, g, h = TUPLES
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


def tuple_store(n):
    a, b, c, d, e, f, g, h = TUPLES
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


def str_load(n):
    a, b, c, d, e, f, g, h = STRS
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


def str_store(n):
    a, b, c, d, e, f, g, h = STRS
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
