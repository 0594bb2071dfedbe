"""Calls of functions, closures, lambdas and native functions."""

OPERATIONS = 8

def plain(a, b):
    return a


def with_default(a, b=1):
    return a


def make_counter():
    count = 0

    def counter():
        nonlocal count
        count += 1
        return count
    return counter


class Base:
    pass


class Derived(Base):
    pass


OBJECT = Derived()
TEXT = "some text"


def function(n):
    t = total = 0
    for i in range(n):
        t = plain(i, 0)
        t = plain(i, 1)
        t = plain(i, 2)
        t = plain(i, 3)
        t = plain(i, 4)
        t = plain(i, 5)
        t = plain(i, 6)
        t = plain(i, 7)
        total = (total + t) & 0xFFFFFFFF
    return total


def function_default(n):
    t = total = 0
    for i in range(n):
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        t = with_default(i)
        total = (total + t) & 0xFFFFFFFF
    return total


def function_keyword(n):
    t = total = 0
    for i in range(n):
        t = with_default(i, b=0)
        t = with_default(i, b=1)
        t = with_default(i, b=2)
        t = with_default(i, b=3)
        t = with_default(i, b=4)
        t = with_default(i, b=5)
        t = with_default(i, b=6)
        t = with_default(i, b=7)
        total = (total + t) & 0xFFFFFFFF
    return total


def closure(n):
    counter = make_counter()
    t = total = 0
    for i in range(n):
        t = counter()
        t = counter()
        t = counter()
        t = counter()
        t = counter()
        t = counter()
        t = counter()
        t = counter()
        total = (total + t) & 0xFFFFFFFF
    return total


def anonymous(n):
    same = lambda a: a
    t = total = 0
    for i in range(n):
        t = same(i)
        t = same(i)
        t = same(i)
        t = same(i)
        t = same(i)
        t = same(i)
        t = same(i)
        t = same(i)
        total = (total + t) & 0xFFFFFFFF
    return total


def isinstance_of_base(n):
    o = OBJECT
    t = total = 0
    for i in range(n):
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        t = isinstance(o, Base)
        total = (total + t) & 0xFFFFFFFF
    return total


def native(n):
    t = total = 0
    for i in range(n):
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        t = len(TEXT)
        total = (total + t) & 0xFFFFFFFF
    return total
