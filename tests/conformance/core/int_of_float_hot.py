# int() of a float computed in place, at and beyond the limits of small integers.
def whole(x, scale):
    return int(x * scale)


def show(x, scale):
    try:
        print(whole(x, scale))
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)


for i in range(40):
    whole(i * 0.75, 2.0)
for x in (0.5, -0.5, 2.75, -2.75, 1e15, 2.0 ** 52 + 0.5, 2.0 ** 59, -2.0 ** 59):
    show(x, 1.0)
    show(x, 2.0)
    show(x, -4.0)
for x in (1e19, -1e19, 1e40, 1e300, float("inf"), float("-inf"), float("nan")):
    show(x, 1.0)
print(whole(3.5, 2.0), type(whole(True, 2.0)).__name__)
