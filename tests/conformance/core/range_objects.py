# range: bounds, steps, negative steps, slicing, membership, equality.
for r in (range(5), range(2, 8, 3), range(8, 2, -3), range(0), range(5, 1), range(-3, 3)):
    print(r, list(r), len(r), list(reversed(r)), 2 in r, bool(r))
r = range(10, 100, 7)
print(r[0], r[-1], r[3], r[2:5], r[::-1], r.index(24), r.count(25), r.start, r.stop, r.step)
print(range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), 5.0 in range(9))
print(list(range(2 ** 62, 2 ** 62 + 3)), len(range(0, 10 ** 12, 10 ** 11)))
for call in (lambda: range(1, 2, 0), lambda: range(1.5), lambda: range(3)[5], lambda: range()):
    try:
        print(call())
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__ + ":", error)
