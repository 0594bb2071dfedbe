# int() of strings, bases, floats and bad input.
print(int("42"), int("  -7\n"), int("1_000"), int("ff", 16), int("0x1F", 16), int("0b101", 0))
print(int("z", 36), int(3.99), int(-3.99), int(True), int())
bad_values = ["", "4.5", "12a", "1__0", "_1", "0x10", None, [], float("nan"), float("inf")]
for bad in bad_values:
    try:
        print(int(bad))
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__ + ":", error)
for text, base in (("9", 8), ("1", 1), ("1", 37), ("g", 16)):
    try:
        print(int(text, base))
    except ValueError as error:
        print(error)
print(hex(255), hex(-255), oct(8), bin(5), bin(-5), hex(0))
