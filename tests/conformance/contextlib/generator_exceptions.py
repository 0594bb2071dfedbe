# What a generator makes of the block's exception: swallow, raise again, replace, in all chainings.
from contextlib import contextmanager


def chain(error):
    parts = []
    while error is not None:
        cause = error.__cause__
        parts.append(f'{type(error).__name__}({error}) cause={cause!r} '
                     f'suppress={error.__suppress_context__}')
        error = error.__context__
    return ' <- '.join(parts)


@contextmanager
def swallow(kind=Exception):
    try:
        yield
    except kind as error:
        print('swallowed', repr(error))


@contextmanager
def again():
    try:
        yield
    except Exception as error:
        print('again', repr(error))
        raise


@contextmanager
def named():
    try:
        yield
    except Exception as error:
        raise error


@contextmanager
def another():
    try:
        yield
    except Exception as error:
        raise RuntimeError('another')


@contextmanager
def caused(none):
    try:
        yield
    except Exception as error:
        raise RuntimeError('caused') from (None if none else error)


@contextmanager
def in_finally():
    try:
        yield
    finally:
        raise RuntimeError('in finally')


@contextmanager
def nothing():
    yield


def attempt(name, manager, error):
    try:
        with manager:
            if error is not None:
                raise error
    except BaseException as caught:
        print(name, caught is error, chain(caught))
    else:
        print(name, 'ended')


ERRORS = (None, ValueError('v'), RuntimeError('r'), StopIteration('s'), KeyboardInterrupt('i'),
          GeneratorExit('g'), SystemExit(3))
for k in range(len(ERRORS)):
    for name, make in (('swallow', swallow), ('again', again), ('named', named),
                       ('another', another), ('caused', lambda: caused(False)),
                       ('caused none', lambda: caused(True)), ('in_finally', in_finally),
                       ('nothing', nothing), ('base', lambda: swallow(BaseException))):
        error = ERRORS[k]
        attempt(name, make(), None if error is None else type(error)(*error.args))
