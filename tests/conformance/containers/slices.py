# Slices of list, tuple, str: bounds, steps, out of range.
items = list(range(10))
text = "abcdefghij"
cuts = [slice(None), slice(2, 5), slice(-3, None), slice(None, -3), slice(None, None, 2),
        slice(None, None, -1), slice(8, 2, -2), slice(5, 2), slice(-100, 100), slice(100, None),
        slice(None, None, 100), slice(3, None, -1), slice(-1, -4, -1), slice(0, 0)]
for cut in cuts:
    print(cut, items[cut], text[cut], tuple(items)[cut] == tuple(items[cut]), cut.indices(10))
print(items[2:5], items[:-8], items[::3], text[::-1], text[1:][:2], items[True:3])
for call in (lambda: items[::0], lambda: items["a":], lambda: items[1.0:], lambda: text[::0]):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
print(slice(1, 2) == slice(1, 2), slice(5).stop, slice(1, 2, 3).step)
