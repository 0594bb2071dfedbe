# A sort key that sorts.
# status: 1
# place: 6
# stderr: RecursionError: maximum recursion depth exceeded
def key(x):
    return sorted([1, 2], key=key)


key(1)
