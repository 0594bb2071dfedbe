# A variadic function called with growing argument lists in a loop.
def total(*values, scale=1, **named):
    result = 0
    for value in values:
        result += value * scale
    for name in named:
        result += named[name]
    return result


for n in range(9):
    print(total(*range(n)), total(*range(n), scale=n), total(*[0.5] * n, **{"k%d" % n: n}))
print(total(*[1, 2], *(3, 4), scale=2, a=10, b=20))


def many(a, b, c, d, e, f, g, h, i=9, *, j=10):
    return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10


for _ in range(6):
    print(many(1, 2, 3, 4, 5, 6, 7, 8), many(*range(8), j=1), many(*range(9)))
