# Bitwise operators and shifts on small, negative and wide integers.
values = [0, 1, -1, 5, -6, 255, 2 ** 59, -(2 ** 60), 2 ** 70]
for a in values:
    for b in (0, 3, -4, 2 ** 65):
        print(a & b, a | b, a ^ b)
for a in values:
    print(a << 3, a >> 2, a << 70, a >> 100)
for bad in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
