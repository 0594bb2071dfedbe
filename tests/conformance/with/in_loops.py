# with inside a loop and a loop inside with; one manager entered many times.
class Meter:
    def __init__(self):
        self.depth = 0
        self.deepest = 0
        self.entered = 0

    def __enter__(self):
        self.depth += 1
        self.entered += 1
        self.deepest = max(self.deepest, self.depth)
        return self.entered

    def __exit__(self, *exc):
        self.depth -= 1


meter = Meter()


def run(n):
    total = 0
    for i in range(n):
        with meter as outer:
            for j in range(i):
                with meter as inner:
                    total += inner - outer
            with meter, meter, meter as third:
                total += third
    return total, meter.depth, meter.deepest, meter.entered


for n in range(8):
    print(run(n))
