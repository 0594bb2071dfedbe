# break and continue out of with blocks inside loops.
class Scope:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", self.name, exc_type, end="; ")
        return True


def run(limit):
    total = 0
    for i in range(10):
        with Scope("a%d" % i):
            if i % 2:
                continue
            with Scope("b%d" % i):
                if i > limit:
                    break
                total += i
            total += 100
    else:
        total = -total
    while total:
        with Scope("while"):
            total //= 10
            if total < 5:
                break
            continue
    return i, total


for limit in (0, 3, 6, 20, 1.5):
    print(run(limit))
