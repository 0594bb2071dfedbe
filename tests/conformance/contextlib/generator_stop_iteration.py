# StopIteration raised in a block, in the generator before and after its yield, and through it.
from contextlib import contextmanager


def show(error):
    while error is not None:
        print('  ', type(error).__name__, error, repr(error.__cause__), error.__suppress_context__)
        error = error.__context__


@contextmanager
def plain():
    print('in')
    yield
    print('not reached after an exception')


@contextmanager
def raises_before():
    raise StopIteration('before')
    yield


@contextmanager
def raises_after():
    yield
    raise StopIteration('after')


@contextmanager
def turns():
    try:
        yield
    except Exception as error:
        raise StopIteration('turned') from error


@contextmanager
def catches_runtime():
    try:
        yield
    except StopIteration as error:
        print('caught', repr(error))
        raise RuntimeError('own') from error


@contextmanager
def next_of_empty():
    try:
        yield
    finally:
        next(iter(()))


def attempt(make, error=None):
    print(make.__name__, repr(error))
    try:
        with make():
            if error is not None:
                raise error
    except BaseException as caught:
        print(' same' if caught is error else ' other')
        show(caught)


for make in plain, raises_before, raises_after, turns, catches_runtime, next_of_empty:
    attempt(make)
    attempt(make, StopIteration('x'))
    attempt(make, ValueError('v'))


class Own(StopIteration):
    pass


attempt(plain, Own('sub'))
attempt(plain, RuntimeError('r'))
cause = StopIteration('cause')
error = RuntimeError('not from the generator')
error.__cause__ = cause
attempt(plain, error)
