# Cells through several levels; a class body and a comprehension between them.
def outer(a):
    def middle(b):
        def inner(c):
            nonlocal a
            a += 1
            return a, b, c
        return inner
    return middle


f = outer(1)("b")
print([f(i) for i in range(6)])


def make(n):
    class Local:
        factor = n

        def scale(self, x):
            return [x * n + k for k in range(n)]
    return Local


for n in (1, 2, 3):
    print(make(n).factor, make(n)().scale(10))


def deleted():
    x = 1
    def read():
        return x
    del x
    return read


try:
    deleted()()
except NameError as error:
    print(error)
print(outer.__closure__, len(f.__closure__), f.__closure__[1].cell_contents)
