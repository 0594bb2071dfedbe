"""Strings: put together, formatted, cut, compared."""

OPERATIONS = 8

WORD = "word"
OTHER = "other"


def concat(n):
    a, b = WORD, OTHER
    t = total = 0
    for i in range(n):
        t = a + b
        t = a + b
        t = a + b
        t = a + b
        t = a + b
        t = a + b
        t = a + b
        t = a + b
        total = (total + len(t)) & 0xFFFFFFFF
    return total


def f_string(n):
    a = WORD
    t = total = 0
    for i in range(n):
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        t = f"{a} {i}"
        total = (total + len(t)) & 0xFFFFFFFF
    return total


def f_string_spec(n):
    t = total = 0
    for i in range(n):
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        t = f"{i:6d}"
        total = (total + len(t)) & 0xFFFFFFFF
    return total


def percent(n):
    a = WORD
    t = total = 0
    for i in range(n):
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        t = "%s %d" % (a, i)
        total = (total + len(t)) & 0xFFFFFFFF
    return total


def index(n):
    a = WORD
    t = total = 0
    for i in range(n):
        t = a[2]
        t = a[2]
        t = a[2]
        t = a[2]
        t = a[2]
        t = a[2]
        t = a[2]
        t = a[2]
        total = (total + len(t)) & 0xFFFFFFFF
    return total


def equal(n):
    a, b = WORD, OTHER
    t = total = 0
    for i in range(n):
        t = a == b
        t = a == b
        t = a == b
        t = a == b
        t = a == b
        t = a == b
        t = a == b
        t = a == b
        total = (total + t) & 0xFFFFFFFF
    return total


def join(n):
    words = [WORD, OTHER]
    t = total = 0
    for i in range(n):
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        t = " ".join(words)
        total = (total + len(t)) & 0xFFFFFFFF
    return total
