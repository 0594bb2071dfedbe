# An uncaught exception ends the program with status 1 after earlier output.
def fail(n):
    if n == 0:
        raise ValueError("deep", "down")
    fail(n - 1)


print("before")
fail(3)
print("never")
