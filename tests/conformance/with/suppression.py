# A true result of __exit__ suppresses the exception; execution goes on after the with.
class Suppress:
    def __init__(self, *kinds):
        self.kinds = kinds
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is not None and issubclass(exc_type, self.kinds):
            self.count += 1
            return True
        return False


def run(guard, value):
    result = "suppressed"
    with guard:
        result = 10 / value
        result = "result " + str(result)
    return result


guard = Suppress(ZeroDivisionError, TypeError)
for value in (1, 2, 0, 4.0, 0.0, "x", 5, None, 0):
    print(run(guard, value), guard.count)
try:
    with guard:
        raise ValueError("not for me")
except ValueError as error:
    print(error, guard.count)
