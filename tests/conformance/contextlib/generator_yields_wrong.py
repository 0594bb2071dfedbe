# contextmanager over generators that yield never, twice, or go on after an exception.
from contextlib import contextmanager


@contextmanager
def never():
    if False:
        yield


@contextmanager
def twice():
    yield 1
    print('between')
    yield 2


@contextmanager
def again_after_raise():
    try:
        yield 1
    except ValueError:
        print('caught')
        yield 2


def chain(error):
    found = []
    while error is not None:
        found.append((type(error).__name__, str(error), error.__suppress_context__,
                      repr(error.__cause__)))
        error = error.__context__
    return found


def attempt(make, raised=None):
    try:
        with make() as value:
            print('in', value)
            if raised is not None:
                raise raised
    except BaseException as error:
        print(make.__name__, chain(error))
    else:
        print(make.__name__, 'ended')


for make in never, twice, again_after_raise:
    attempt(make)
    attempt(make, ValueError('v'))
    attempt(make, KeyError('k'))
manager = twice()
print(manager.__enter__())
for call in (lambda: manager.__enter__(), lambda: manager.__exit__(None, None, None)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
try:
    with contextmanager(lambda: 5)():
        pass
except Exception as error:
    print(type(error).__name__, error)
try:
    with contextmanager(lambda: iter([5]))() as value:
        print(value)
        raise KeyError
except Exception as error:
    print(type(error).__name__, error)
