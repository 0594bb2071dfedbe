# A class with state, methods and class attributes, used in a hot loop.
class Counter:
    """Counts."""

    total = 0

    def __init__(self, name, start=0):
        self.name = name
        self.value = start

    def bump(self, step=1):
        self.value += step
        Counter.total += step
        return self


a = Counter("a")
b = Counter("b", 10)
for i in range(8):
    a.bump().bump(2)
    b.bump(0.5 if i > 4 else i)
print(a.value, b.value, Counter.total, a.total, a.name, b.name)
print(type(a) is Counter, type(a).__name__, Counter.__name__, Counter.__doc__,
      a.__class__ is Counter)
print(Counter.__module__, Counter.__qualname__, Counter.__bases__, isinstance(a, object))
a.total = "own"
print(a.total, b.total, Counter.total)
