# Functions that use with, called from comprehensions, lambdas, sort keys and operators.
class Trace:
    depth = 0

    def __enter__(self):
        Trace.depth += 1
        return Trace.depth

    def __exit__(self, *exc):
        Trace.depth -= 1


class Number:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        with Trace() as depth:
            return Number(self.n + other.n + depth)

    def __lt__(self, other):
        with Trace():
            return self.n < other.n


def depth_of(x):
    with Trace() as depth:
        return depth * x


for i in range(5):
    with Trace():
        print([depth_of(x) for x in range(4)], {depth_of(x): x for x in (1, 2.5)})
        print(sorted([3, 1, 2], key=lambda x: -depth_of(x)), Trace.depth)
        print((Number(1) + Number(i)).n, max([Number(i), Number(2)]).n)
print(Trace.depth)
