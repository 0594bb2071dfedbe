"""Nothing but the loop: subtracted from every row without a baseline of its own."""

OPERATIONS = 1


def loop(n):
    t = total = 0
    for i in range(n):
        total = (total + t) & 0xFFFFFFFF
    return total
