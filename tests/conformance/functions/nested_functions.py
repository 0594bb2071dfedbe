# Functions defined in loops and branches; each definition is a new object.
def make(kind):
    if kind == "double":
        def f(x):
            return x * 2
    elif kind == "square":
        def f(x):
            return x * x
    else:
        f = None
    return f


functions = [make(kind) for kind in ("double", "square", "double", "none")]
print([f and f(7) for f in functions], functions[0] is functions[2])
print(functions[0].__code__ is functions[2].__code__, functions[0].__qualname__)
results = []
for i in range(6):
    def g(x, i=i):
        return x * 10 + i
    results.append(g)
print([g(1) for g in results], g(2))
