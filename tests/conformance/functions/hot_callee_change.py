# A call site whose callee changes between function, method, class and builtin.
class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        return self.n + x

    def method(self, x):
        return self.n * x


def double(x):
    return 2 * x


def apply(f, x):
    return f(x)


callees = [double] * 10 + [Adder(5), Adder(1).method, str, len, abs, lambda x: [x], int, bool,
                           Adder]
for f in callees:
    x = "abc" if f is len else 7
    result = apply(f, x)
    print(type(result).__name__, result.n if isinstance(result, Adder) else result)
try:
    apply(5, 1)
except TypeError as error:
    print(error)
