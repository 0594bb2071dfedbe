# The target and the manager are captured by closures made in the body.
class Scope:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.n = -self.n


def make(n):
    functions = []
    with Scope(n) as scope:
        def read():
            return scope.n

        def write(value):
            nonlocal scope
            scope = Scope(value)

        functions.append(read)
        functions.append(write)
        before = read()
    return before, read(), functions


for n in range(6):
    before, after, (read, write) = make(n)
    write(n * 10)
    print(before, after, read())
with Scope(3) as module_level:
    late = lambda: module_level.n
print(late())
