# disable() and enable() change nothing that a program can see.
try:
    import jit
except ImportError:
    jit = None


class Counter:
    n = 0

    def bump(self, by):
        self.n += by
        return self.n


def work(counter, by):
    return [counter.bump(by) for _ in range(20)][-1]


results = []
for round_number in range(6):
    if jit is not None:
        jit.disable() if round_number % 2 else jit.enable()
    results.append(work(Counter(), round_number if round_number != 4 else 0.5))
print(results)
