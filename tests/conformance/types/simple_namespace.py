# SimpleNamespace: attributes, repr, equality, subclasses, errors.
from types import SimpleNamespace
import weakref

empty = SimpleNamespace()
n = SimpleNamespace(x=1, y='two', **{'odd name': 3})
print(empty, n, n.x, n.y)
n.z = [n]
print(n, list(vars(n)))
del n.z, n.x
print(n, n == SimpleNamespace(y='two', **{'odd name': 3}), n != n, n == {'y': 'two'}, empty == empty)
for call in (lambda: SimpleNamespace(1), lambda: SimpleNamespace(1, a=2), lambda: n.x, lambda: hash(n),
             lambda: n < n, lambda: SimpleNamespace({'a': 1}), lambda: len(n), lambda: n['y']):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


class Own(SimpleNamespace):
    extra = 1

    def total(self):
        return self.a + self.b


own = Own(a=1, b=2)
print(own, own.total(), own == SimpleNamespace(a=1, b=2), weakref.ref(own)() is own)
own.__init__(a=5)
print(own, SimpleNamespace.__module__, SimpleNamespace.__qualname__, SimpleNamespace)
nested = SimpleNamespace(inner=SimpleNamespace(deep=()), other=own)
print(nested)
nested.inner.deep = nested
print(nested)


def hot(n):
    total = 0
    for k in range(n):
        point = SimpleNamespace(x=k, y=2 * k)
        if k == 7:
            point.extra = 1
        total += point.x + point.y
    return total, point


for _ in range(6):
    print(hot(10))
