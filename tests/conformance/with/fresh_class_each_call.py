# A manager class made anew in each call: every with sees another type.
def run(n):
    class Scope:
        total = n

        def __init__(self):
            self.x = n

        def __enter__(self):
            self.y = self.x + Scope.total
            return self

        def __exit__(self, exc_type, *rest):
            Scope.total += 1
            return exc_type is not None

    for i in range(3):
        with Scope() as scope:
            scope.x += i
            if i == 1:
                raise ValueError
    return scope.x, scope.y, Scope.total


for n in range(12):
    print(run(n if n != 8 else 0.25))
results = [run(n) for n in range(300)]
print(results[-1], sum(r[2] for r in results))
