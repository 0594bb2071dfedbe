# Fifteen nested items in one statement, left in reverse order, one of them suppressing.
class Scope:
    order = []

    def __init__(self, n, stop):
        self.n = n
        self.stop = stop

    def __enter__(self):
        return self.n

    def __exit__(self, exc_type, *rest):
        Scope.order.append(self.n if exc_type is None else str(self.n))
        return self.n == self.stop


def run(stop, fail):
    Scope.order = []
    S = Scope
    with S(0, stop) as a, S(1, stop) as b, S(2, stop) as c, S(3, stop) as d, S(4, stop) as e:
        with S(5, stop) as f, S(6, stop) as g, S(7, stop) as h, S(8, stop) as i, S(9, stop) as j:
            with S(10, stop) as k, S(11, stop), S(12, stop), S(13, stop), S(14, stop) as o:
                total = a + b + c + d + e + f + g + h + i + j + k + o
                if fail:
                    raise ValueError
    return Scope.order


for stop in (0, 4, 9, 10, 14):
    print(run(stop, False))
    print(run(stop, True))
