# Assignment to tuples and lists, nested, swapped, chained, with errors.
a, b = 1, 2
a, b = b, a
print(a, b)
(c, [d, e]), f = (1, (2, 3)), "x"
print(c, d, e, f)
x = y = z = [1]
x.append(2)
print(y, x is z)
a, b, c = "xyz"
print(a, b, c)
i = 0
items = [10, 20, 30]
i, items[i] = 1, 99
print(i, items)
[p, q] = {"k1": 1, "k2": 2}
print(p, q)
for source in ((1,), (1, 2, 3), [], 5, None):
    try:
        m, n = source
        print(m, n)
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
