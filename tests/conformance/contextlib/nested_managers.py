# Generator-based managers made of others: nested blocks, yield from, recursion, exceptions replaced.
from contextlib import ExitStack, contextmanager, suppress

log = []


@contextmanager
def step(name):
    log.append('+' + name)
    try:
        yield name
    except ValueError as error:
        log.append(f'{name}!{error}')
        raise KeyError(name) from error
    finally:
        log.append('-' + name)


@contextmanager
def pair(a, b):
    with step(a) as first, step(b) as second:
        yield first + second


@contextmanager
def tower(n):
    if n == 0:
        yield 'top'
        return
    with tower(n - 1) as inner, step(str(n)):
        yield inner + str(n)


@contextmanager
def conditional(flag):
    if flag:
        with suppress(KeyError):
            yield 'guarded'
    else:
        yield 'open'


@contextmanager
def delegated():
    def body():
        with step('body'):
            result = yield 'from body'
            log.append(f'sent {result}')
    yield from body()


@contextmanager
def retry():
    with ExitStack() as stack:
        stack.enter_context(step('kept'))
        yield stack
        log.append('not reached after an exception')


def attempt(manager, error=None):
    log.clear()
    try:
        with manager as value:
            log.append(f'={value if isinstance(value, str) else type(value).__name__}')
            if error is not None:
                raise error
    except Exception as caught:
        print('caught', repr(caught), repr(caught.__cause__), repr(caught.__context__))
    print(' '.join(log))


for error in (None, ValueError('v'), KeyError('k'), IndexError('i')):
    for make in (lambda: pair('a', 'b'), lambda: tower(3), lambda: conditional(True),
                 lambda: conditional(False), delegated, retry):
        attempt(make(), error)
