# ExitStack inside a handler: contexts end where nested with statements would end them.
from contextlib import ExitStack, contextmanager


class RaiseExc:
    def __init__(self, exc):
        self.exc = exc

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        raise self.exc


class RaiseWithContext:
    def __init__(self, outer, inner):
        self.outer = outer
        self.inner = inner

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        try:
            raise self.inner
        except BaseException:
            raise self.outer


def chain(error):
    parts = []
    while error is not None and len(parts) < 12:
        parts.append(f'{type(error).__name__}({error})')
        error = error.__context__
    return ' <- '.join(parts)


def nested():
    with RaiseExc(IndexError(1)):
        with RaiseWithContext(KeyError(2), AttributeError(3)):
            with RaiseExc(TypeError(4)):
                raise ValueError(5)


def stacked():
    with ExitStack() as stack:
        stack.enter_context(RaiseExc(IndexError(1)))
        stack.enter_context(RaiseWithContext(KeyError(2), AttributeError(3)))
        stack.enter_context(RaiseExc(TypeError(4)))
        raise ValueError(5)


def stacked_without_body():
    with ExitStack() as stack:
        stack.callback(RaiseExc(IndexError(1)).__exit__)
        stack.push(RaiseExc(KeyError(2)))


for call in nested, stacked, stacked_without_body:
    try:
        call()
    except Exception as error:
        print(call.__name__, chain(error))
    try:
        try:
            raise OSError('handled')
        except OSError:
            call()
    except Exception as error:
        print(call.__name__, 'in a handler', chain(error))


@contextmanager
def my_manager():
    try:
        yield
    except BaseException as error:
        raise RuntimeError('wrapped') from error


@contextmanager
def my_plain():
    try:
        yield
    finally:
        pass


def wrapped(explicit):
    if explicit:
        with ExitStack() as stack:
            stack.enter_context(my_manager())
            stack.enter_context(my_plain())
            raise ZeroDivisionError(1)
    with my_manager():
        with my_plain():
            raise ZeroDivisionError(1)


for explicit in False, True:
    try:
        try:
            raise OSError('handled')
        except OSError:
            wrapped(explicit)
    except Exception as error:
        print(chain(error), repr(error.__cause__))
