# Arguments evaluated in order, defaults untouched by rebinding of parameters.
def f(a, b="x", c=None):
    a = a + 1
    b = b + "!"
    if c is None:
        c = []
    c.append(b)
    return a, b, c


for i in range(6):
    print(f(i), f(i, "y"), f(i, c=[0]))
shared = []
f(1, c=shared)
f(2, c=shared)
print(shared, f.__defaults__)


def swap(a, b):
    a, b = b, a
    return a, b


print([swap(i, i + 1) for i in range(6)], swap("a", 1.5))
