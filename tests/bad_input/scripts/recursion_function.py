# A function that calls itself without end.
# status: 1
# stderr: Traceback \(most recent call last\):
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
def f(n):
    return f(n + 1) + 1


f(0)
