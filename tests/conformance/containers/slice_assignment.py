# Assignment to and deletion of slices.
def fresh():
    return list(range(8))


for start, stop, new in ((0, 0, "ab"), (2, 4, [9]), (2, 4, []), (5, 2, "z"), (-2, None, (1, 2, 3)),
                         (None, None, range(2)), (100, 200, [7]), (1, 7, [1, 2])):
    a = fresh()
    a[start:stop] = new
    print(a, len(a))
a = fresh()
a[::2] = "wxyz"
print(a)
a[::-1] = range(8)
print(a)
del a[1:3], a[-1], a[::2]
print(a)
a[:] = a
print(a)
a[1:1] = a
print(a)
for new, cut in (([1], slice(0, 6, 2)), (5, slice(0, 2)), (5, slice(0, 2, 2))):
    try:
        fresh()[cut] = new
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
try:
    (1, 2)[0] = 5
except TypeError as error:
    print(error)
try:
    del "abc"[0]
except TypeError as error:
    print(error)
