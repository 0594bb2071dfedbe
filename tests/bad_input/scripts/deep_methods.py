# Bound methods, properties and classes nested without end are refused, not crashed on.
# status: 0
# stdout: ^done$
class Loop:
    def __call__(self): return 1


m = Loop().__call__
for _ in range(1000):
    m = m.__call__
print(m() if callable(m) else "")


class Base:
    x = 1


cls = Base
for i in range(500):
    cls = type("C%d" % i, (cls,), {})
print(cls().x, len(cls.__mro__))
Base.x = 2
print(cls().x)
print("done")
