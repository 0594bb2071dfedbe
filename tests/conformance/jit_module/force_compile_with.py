# A function with nested managers, compiled before its first call, then with other types.
try:
    from jit import force_compile
except ImportError:
    def force_compile(function):
        return True


class Save:
    def __init__(self, box):
        self.box = box

    def __enter__(self):
        self.saved = self.box.x
        return self

    def __exit__(self, exc_type, *rest):
        self.box.x = self.saved
        return exc_type is ZeroDivisionError


class Box:
    x = 1


def run(box, n, divisor):
    total = 0
    for i in range(n):
        with Save(box):
            with Save(box) as inner:
                box.x = i
                total += i // divisor + inner.saved
            divisor -= i % 3 == 2
    return total, box.x, divisor


force_compile(run)
for n, divisor in ((5, 100), (50, 3), (50, 2.5), (0, 0), (7, 0), (1, True)):
    print(run(Box(), n, divisor))
