"""Loops of other kinds than the empty one, comprehensions, generators."""

OPERATIONS = 8

ROUND = range(8)
NUMBERS = list(ROUND)


def endless():
    k = 0
    while True:
        yield k
        k += 1


def numbers():
    for k in ROUND:
        yield k


def while_loop(n):
    total = 0
    for i in range(n):
        k = 0
        while k < 8:
            k += 1
        total = (total + k) & 0xFFFFFFFF
    return total


def for_list(n):
    values = NUMBERS
    t = total = 0
    for i in range(n):
        for t in values:
            pass
        total = (total + t) & 0xFFFFFFFF
    return total


def for_enumerate(n):
    values = NUMBERS
    k = t = total = 0
    for i in range(n):
        for k, t in enumerate(values):
            pass
        total = (total + t + k) & 0xFFFFFFFF
    return total


def list_comprehension(n):
    values = NUMBERS
    total = 0
    for i in range(n):
        t = [k + 1 for k in values]
        total = (total + t[7]) & 0xFFFFFFFF
    return total


def dict_comprehension(n):
    values = NUMBERS
    total = 0
    for i in range(n):
        t = {k: i for k in values}
        total = (total + t[7]) & 0xFFFFFFFF
    return total


def generator_expression(n):
    values = NUMBERS
    total = 0
    for i in range(n):
        total = (total + sum(k for k in values)) & 0xFFFFFFFF
    return total


def for_generator(n):
    t = total = 0
    for i in range(n):
        for t in numbers():
            pass
        total = (total + t) & 0xFFFFFFFF
    return total


def generator_next(n):
    generator = endless()
    t = total = 0
    for i in range(n):
        t = next(generator)
        t = next(generator)
        t = next(generator)
        t = next(generator)
        t = next(generator)
        t = next(generator)
        t = next(generator)
        t = next(generator)
        total = (total + t) & 0xFFFFFFFF
    return total
