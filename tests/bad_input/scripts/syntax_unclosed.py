# A bracket that is never closed.
# status: 1
# place: 6
# stderr: SyntaxError: '\(' was never closed
def f():
    return (1 + 2


f()
