# Many suppressed exceptions in a hot loop with values that change type.
class Guard:
    def __init__(self):
        self.errors = 0
        self.last = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None:
            return False
        self.errors += 1
        self.last = exc_value.args
        return True


def run(n, divisor):
    guard = Guard()
    total = 0
    for i in range(n):
        with guard:
            total += i
            total += i // (i % divisor)
            total -= 1
    return total, guard.errors, guard.last


for divisor in (3, 7, 1, 2.0, 10, 2 ** 64, 0.5, 5):
    print(run(200, divisor))
