# ExitStack.pop_all: all or nothing, and stacks that outlive their block.
from contextlib import ExitStack, contextmanager


@contextmanager
def resource(name, fail=False):
    if fail:
        raise OSError(name)
    print('open', name)
    try:
        yield name
    finally:
        print('close', name)


def open_all(names, bad=None):
    with ExitStack() as stack:
        opened = [stack.enter_context(resource(name, name == bad)) for name in names]
        return opened, stack.pop_all()


opened, keep = open_all('abc')
print(opened, type(keep).__name__)
with keep:
    print('using')
try:
    open_all('xyz', bad='z')
except OSError as error:
    print('failed', error)


class Own(ExitStack):
    pass


with Own() as stack:
    stack.callback(print, 'moved')
    moved = stack.pop_all()
    stack.callback(print, 'stays')
    print(type(moved) is Own, moved is stack)
print('left')
moved.close()


class Server:
    def __init__(self):
        with ExitStack() as stack:
            self.first = stack.enter_context(resource('first'))
            self.second = stack.enter_context(resource('second'))
            self._close = stack.pop_all().close

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._close()


with Server() as server:
    print(server.first, server.second)


def optional(wanted):
    with ExitStack() as stack:
        cleanup = stack.callback(print, 'rolled back')
        if wanted:
            stack.pop_all()
        return wanted


print(optional(True), optional(False))
