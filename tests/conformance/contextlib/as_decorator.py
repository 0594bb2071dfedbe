# Managers as decorators: ContextDecorator classes, and generators' managers made anew at each call.
from contextlib import ContextDecorator, contextmanager


class Mark(ContextDecorator):
    started = 0

    def __init__(self, swallow=False):
        self.swallow = swallow

    def __enter__(self):
        self.started += 1
        print('start', self.started)
        return self

    def __exit__(self, kind, error, traceback):
        print('stop', kind and kind.__name__, error)
        return self.swallow


@Mark()
def add(a, b=2, *, c=3):
    """Adds."""
    return a + b + c


@Mark(swallow=True)
def fails(message):
    raise NameError(message)


print(add(1), add(1, b=5), add(1, 1, c=0))
print(add.__name__, add.__doc__, add.__qualname__, add.__wrapped__(1))
print(fails('x'))
for call in (lambda: add(), lambda: add(1, d=4)):
    try:
        call()
    except TypeError as error:
        print(error)


@contextmanager
def state(name):
    print('in', name)
    try:
        yield
    except ValueError as error:
        print('handled', error)
    finally:
        print('out', name)


@state('f')
def f(x):
    if x < 0:
        raise ValueError(x)
    return x


print(f(1), f(2), f(-1))


@state('outer')
@state('inner')
def recursive(n):
    return n if n == 0 else recursive(n - 1)


print(recursive(1))


class Bad(ContextDecorator):
    def __exit__(self, *args):
        pass


class Method:
    @Mark()
    def method(self, a, b):
        return self, a, b


method = Method()
print(method.method(1, b=2) == (method, 1, 2))
try:
    Bad()(print)()
except Exception as error:
    print(type(error).__name__, error)


@state('generator')
def generator():
    yield 1


print(list(generator()))
