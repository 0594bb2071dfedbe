# Instances that are called, with every argument form, and callable().
class Multiplier:
    def __init__(self, n): self.n = n
    def __call__(self, x, *rest, scale=1):
        return self.n * x * scale + sum(rest)


m = Multiplier(3)
for i in range(6):
    print(m(i), m(i, 1, 2), m(i, scale=0.5), m(*[i], **{"scale": 2}))
print(callable(m), callable(Multiplier), callable(5), list(map(m, [1, 2])))
m.__call__ = lambda x: "instance attribute is ignored"
print(m(1), m.__call__(1))
Multiplier.__call__ = lambda self, x: "replaced"
print(m(1))
del Multiplier.__call__
try:
    m(1)
except TypeError as error:
    print(error)
