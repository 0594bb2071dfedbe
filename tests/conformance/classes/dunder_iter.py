# The iterator protocol with classes, in for loops, unpacking and calls.
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


for _ in range(3):
    print([x for x in Countdown(4)], list(Countdown(3)), sum(Countdown(5)), max(Countdown(9)))
a, b, *c = Countdown(5)
print(a, b, c, 2 in Countdown(4), 7 in Countdown(3))
it = Countdown(2)
print(next(it), next(it), next(it, "done"), next(it, None))


class Failing:
    def __iter__(self): return self
    def __next__(self): raise ValueError("broken iterator")


class NotIterator:
    def __iter__(self): return 5


for bad in (Failing(), NotIterator(), object(), 5):
    try:
        for x in bad:
            pass
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
