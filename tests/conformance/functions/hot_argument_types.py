# A hot function called with ints, then floats, strings, lists, objects.
class Money:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        return Money(self.amount + getattr(other, "amount", other))

    def __radd__(self, other):
        return Money(self.amount + other)

    def __repr__(self):
        return "Money(%r)" % self.amount


def add(a, b):
    return a + b


for i in range(40):
    result = add(i, i)
print(result)
samples = [(1.5, 2), (1, 2.5), ("a", "b"), ([1], [2]), ((1,), ()), (2 ** 60, 2 ** 60), (True, True),
           (Money(1), Money(2)), (Money(1), 5), (5, Money(1)), (-(2 ** 63), -1)]
for a, b in samples:
    print(add(a, b))
for a, b in ((1, "x"), ("x", 1), (None, 1), ([], ())):
    try:
        add(a, b)
    except TypeError as error:
        print(error)
print(add(3, 4))
