# An uncaught exception: traceback with every frame, status 1.
# status: 1
# stderr: \ATraceback \(most recent call last\):
# stderr: line 18, in <module>
# stderr: line 14, in outer
# place: 10
# stderr: ^ZeroDivisionError: division by zero$
# stdout: ^before$
def inner(x):
    return x / 0


def outer(x):
    return inner(x) + 1


print("before")
outer(1)
