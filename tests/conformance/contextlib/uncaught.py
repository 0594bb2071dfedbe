# An exception that leaves the program through a generator's manager and an ExitStack.
from contextlib import ExitStack, contextmanager


@contextmanager
def step(name):
    try:
        yield
    finally:
        print('leave', name)


with step('outer'), ExitStack() as stack:
    stack.enter_context(step('stacked'))
    raise LookupError('nobody catches it')
