# The benchmark that foreign_names.py imports: managers that write instance and class attributes.
class _NoGrad:
    depth = 0

    def __enter__(self):
        self.previous = _NoGrad.depth
        _NoGrad.depth = self.previous + 1
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        _NoGrad.depth = self.previous
        return False


def f(n):
    total = 0
    for i in range(n):
        with _NoGrad() as outer:
            with _NoGrad() as inner:
                total += inner.previous + outer.previous + _NoGrad.depth + i
        total = total * 31 & 0xFFFFFFFF
    return total
