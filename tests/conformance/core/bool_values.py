# bool is an int: arithmetic, repr, truth of every kind of value.
print(True + True, True * 5, -True, ~True, True / 2, True == 1, True == 1 == 1.0)
print(True & False, True | False, True ^ True, True & 3, False or 0, True and "x")
print(bool(), bool(0), bool(-1), bool(0.0), bool(""), bool("0"), bool([]), bool([0]), bool(None))
print(repr(True), str(False), int(True), isinstance(True, int), type(True).__name__)
print(sum([True, True, False]), [10, 20][True], "ab"[False], not True, not [])
print(issubclass(bool, int), True > False, max(True, 2), {True: 1, 1: 2, 0: 3, False: 4})
