# Starred targets and starred expressions.
first, *rest = [1, 2, 3]
*init, last = "abc"
head, *middle, tail = range(6)
print(first, rest, init, last, head, middle, tail)
a, *b = (1,)
print(a, b)
(x, *y), *z = [[1, 2, 3], 4, 5]
print(x, y, z)
for name, *values in [("a", 1, 2), ("b",), ("c", 3)]:
    print(name, values)
print([*range(3), *"ab", *[]], (*(), 1), {*[1, 2], *[2, 3]}, {**{"a": 1}, "b": 2, **{"a": 3}})
for source in ((), (1,)):
    try:
        p, *q, r = source
    except ValueError as error:
        print(error)
