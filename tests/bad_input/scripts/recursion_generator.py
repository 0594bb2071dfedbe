# A generator that delegates to a new one of itself without end.
# status: 1
# place: 6
# stderr: RecursionError: maximum recursion depth exceeded
def loop():
    yield from loop()


next(loop())
