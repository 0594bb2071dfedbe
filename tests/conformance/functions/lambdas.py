# Lambdas with every parameter form, called at once and stored.
print((lambda: 1)(), (lambda x, y=2: x * y)(3), (lambda *a, **k: (a, k))(1, z=2))
print((lambda x: lambda y: x + y)(1)(2), (lambda *, k: k)(k=5), (lambda a, /, b: a - b)(5, b=2))
compose = lambda f, g: lambda x: f(g(x))
inc = lambda x: x + 1
double = lambda x: x * 2
for i in range(6):
    print(compose(inc, double)(i), compose(double, inc)(i))
print(sorted([(2, "a"), (1, "b")], key=lambda pair: pair[0]), inc.__name__)
table = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b}
print([table[name](7, 3) for name in sorted(table)])
print((lambda x: x if x > 0 else -x)(-5), [f() for f in (lambda: "a", lambda: "b")])
