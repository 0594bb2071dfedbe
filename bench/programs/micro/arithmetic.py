"""Numbers: small ints, floats, comparisons."""

OPERATIONS = 8


def int_add(n):
    t = total = 0
    for i in range(n):
        t = i + 0
        t = i + 1
        t = i + 2
        t = i + 3
        t = i + 4
        t = i + 5
        t = i + 6
        t = i + 7
        total = (total + t) & 0xFFFFFFFF
    return total


def int_multiply(n):
    t = total = 0
    for i in range(n):
        t = i * 0
        t = i * 1
        t = i * 2
        t = i * 3
        t = i * 4
        t = i * 5
        t = i * 6
        t = i * 7
        total = (total + t) & 0xFFFFFFFF
    return total


def int_divide(n):
    t = total = 0
    for i in range(n):
        t = i // 3
        t = i // 3
        t = i // 3
        t = i // 3
        t = i // 3
        t = i // 3
        t = i // 3
        t = i // 3
        total = (total + t) & 0xFFFFFFFF
    return total


def float_add(n):
    x = 0.5
    t = total = 0
    for i in range(n):
        t = x + 0.5
        t = x + 1.5
        t = x + 2.5
        t = x + 3.5
        t = x + 4.5
        t = x + 5.5
        t = x + 6.5
        t = x + 7.5
        total = (total + int(t)) & 0xFFFFFFFF
    return total


def float_multiply(n):
    x = 0.5
    t = total = 0
    for i in range(n):
        t = x * 0.5
        t = x * 1.5
        t = x * 2.5
        t = x * 3.5
        t = x * 4.5
        t = x * 5.5
        t = x * 6.5
        t = x * 7.5
        total = (total + int(t)) & 0xFFFFFFFF
    return total


def compare(n):
    t = total = 0
    for i in range(n):
        t = i < 50
        t = i < 51
        t = i < 52
        t = i < 53
        t = i < 54
        t = i < 55
        t = i < 56
        t = i < 57
        total = (total + t) & 0xFFFFFFFF
    return total
