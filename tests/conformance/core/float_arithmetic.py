# Float operators, mixed with ints, and their errors.
for a, b in ((7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (1.0, 3), (5, 0.5), (0.0, 5.0), (-0.0, 5.0)):
    print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a ** 2)
print(2 ** 0.5, 4 ** -0.5, (-8.0) ** 3, 0.0 ** 0, 1e308 * 10, -1e308 * 10)
print(7 / 2, 6 / 2, -7 / 2, 2 ** 70 / 2 ** 69, 10 ** 400 / 10 ** 399)
calls = [lambda: 1 / 0, lambda: 1.0 / 0, lambda: 1 // 0, lambda: 1.5 // 0, lambda: 1 % 0,
         lambda: 1.5 % 0, lambda: divmod(1, 0), lambda: 0.0 ** -1, lambda: 2.0 ** 5000,
         lambda: float(10 ** 400), lambda: 10 ** 400 / 3]
for call in calls:
    try:
        print(call())
    except (ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__ + ":", error)
