# repr of floats: shortest digits, exponents, special values.
values = [0.0, -0.0, 1.0, 0.1, 0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 1e15, 1e16, 1e17, 123456789.123,
          1e-4, 1e-5, 1.5e-7, 5e-324, 1.7976931348623157e308, 1e22, 1e23, 9007199254740993.0,
          float("inf"), -float("inf"), float("nan"), 3.0e100, 2.5, 1e100]
for value in values:
    print(value, repr(value), str(-value), [value])
