# core: slice.indices() in ints of any size.
def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


class Index:
    def __index__(self):
        return -3


BIG = 10**30
for part in (slice(None, None, BIG), slice(1, 5, 2), slice(-BIG, BIG), slice(None, None, -BIG),
             slice(BIG, -BIG, -1), slice(Index(), None), slice(None, Index(), -2), slice(2),
             slice(None), slice(-1, None, -1), slice(True, None, True)):
    for length in (0, 5, 10**18, 10**40, Index(), True):
        attempt(lambda: part.indices(length))
for part in (slice("a", 1), slice(1, 2, 0), slice(1, 1.5), slice(1, 2, "x")):
    attempt(lambda: part.indices(7))
attempt(lambda: slice(1).indices(-BIG))
attempt(lambda: slice(1).indices("x"))
