# Runaway recursion raises RecursionError, which can be caught, again and again.
def runaway(n):
    return runaway(n + 1) + 1


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


for _ in range(3):
    try:
        runaway(0)
    except RecursionError as error:
        print(type(error).__name__, str(error).startswith("maximum recursion depth exceeded"))
reached = depth(0)
print(reached > 500, reached < 100000, depth(0) == reached)


def bounded(n):
    return 0 if n == 0 else 1 + bounded(n - 1)


print(bounded(500))
