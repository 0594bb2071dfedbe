# The arguments of a generator's manager live no longer than needed; close() and __del__.
import weakref
from contextlib import contextmanager


class Thing:
    pass


@contextmanager
def drops(a, b):
    a = weakref.ref(a)
    b = weakref.ref(b)
    yield a, b


with drops(Thing(), b=Thing()) as (a, b):
    print(a(), b())


@contextmanager
def noisy(name):
    print('open', name)
    try:
        yield
    except GeneratorExit:
        print('generator exit', name)
        raise
    finally:
        print('close', name)


manager = noisy('never entered')
del manager
manager = noisy('left alone')
manager.__enter__()
del manager
manager = noisy('closed')
manager.__enter__()
manager.gen.close()
try:
    print(manager.__exit__(None, None, None))
    print(manager.__exit__(ValueError, ValueError('after the end'), None))
except Exception as error:
    print(type(error).__name__, error)
manager = noisy('class only')
manager.__enter__()
print(manager.__exit__(KeyError, None, None))
manager = noisy('twice')
with manager:
    pass
try:
    with manager:
        pass
except Exception as error:
    print(type(error).__name__, error)
