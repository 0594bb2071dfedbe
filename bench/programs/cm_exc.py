"""An exception raised in every body and suppressed by `__exit__`."""
import sys

MASK = 0xFFFFFFFF


class Failure(Exception):
    pass


class Suppress:
    def __init__(self, expected):
        self.expected = expected
        self.caught = 0

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is self.expected:
            self.caught += 1
            return True
        return False


def run(n):
    suppress = Suppress(Failure)
    total = 0
    for i in range(n):
        with suppress:
            total = (total + i) & MASK
            raise Failure
    return (total + suppress.caught) & MASK


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
