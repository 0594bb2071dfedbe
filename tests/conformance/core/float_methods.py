# round, is_integer, as_integer_ratio, hex, trunc through int.
for value in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16, 123.456):
    print(round(value), round(value, 1), round(value, -1), value.is_integer(), int(value))
print(round(1234, -2), round(1250, -2), round(1350, -2), round(5), round(-15, -1))
print((0.75).as_integer_ratio(), (-2.0).as_integer_ratio(), (0.1).hex(), (1.0).hex())
print(abs(-1.5), (3.7).__floor__(), (3.2).__ceil__(), (-3.7).__trunc__(), (2.0).conjugate())
print(sum([0.1] * 10), sum([1, 2.5, True]), max(1, 2.0, 2), min(1.0, 1))
