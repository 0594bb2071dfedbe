# Keyword arguments in any order, mixed with positional ones.
def point(x, y, z=0):
    return "%s %s %s" % (x, y, z)


for i in range(6):
    print(point(i, 2), point(i, z=1, y=2), point(z=i, y=2, x=1), point(*[1, 2], z=i))
print(point(**{"x": 1, "y": 2}), point(1, **{"y": 5, "z": 6}), point(*(1,), *(2, 3)))
calls = [lambda: point(), lambda: point(1), lambda: point(1, 2, 3, 4), lambda: point(1, x=2),
         lambda: point(1, 2, w=3), lambda: point(1, z=3), lambda: point(**{"x": 1}, **{"x": 2}),
         lambda: point(**{1: 2}), lambda: point(*5), lambda: point(**5)]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
