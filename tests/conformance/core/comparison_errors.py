# Ordering of values that cannot be ordered; equality never fails.
pairs = [(1, "1"), ([], ()), (None, 1), ({}, {}), (object, int), ({1}, 1)]
for left, right in pairs:
    print(left == right, left != right)
    for name, compare in (("<", lambda a, b: a < b), (">=", lambda a, b: a >= b)):
        try:
            print(name, compare(left, right))
        except TypeError as error:
            print(error)
