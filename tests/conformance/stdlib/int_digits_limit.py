# sys.set_int_max_str_digits: the limit of conversions between int and decimal text.
import math
import sys


def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


def lengths():
    attempt(lambda: len(str(10**4299)))
    attempt(lambda: len(str(10**4300)))
    attempt(lambda: len(str(-10**4299)))
    attempt(lambda: int("9" * 4301) % 7)
    attempt(lambda: len("%d" % 10**700))
    attempt(lambda: len(f"{10**5000}"))
    attempt(lambda: (str(True), str(2**62), hex(10**5000)[:9]))


print(sys.get_int_max_str_digits())
lengths()
for limit in (640, 5001, 0, 4300):
    print("limit", limit, sys.set_int_max_str_digits(limit), sys.get_int_max_str_digits())
    lengths()
for wrong in (1, 639, -1, 2**31, "x", 1.5):
    attempt(lambda: sys.set_int_max_str_digits(wrong))
for n, k in ((10**30, 10**30 - 2), (10**30, 2), (5, 7), (10**30, 0), (2**64, 2**64), (7, 3),
             (10**40, 10**20), (-1, 2), (2, -1)):
    attempt(lambda: math.comb(n, k))
attempt(lambda: math.perm(10**30, 3))
attempt(lambda: math.perm(10**40, 10**30))
attempt(lambda: (math.degrees(1e308), math.degrees(1.0), math.radians(1e308)))
