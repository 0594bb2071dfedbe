# ExitStack: order, what it takes, what it gives back, and its errors.
from contextlib import ExitStack, contextmanager


@contextmanager
def step(name):
    print('enter', name)
    yield name
    print('leave', name)


class Plain:
    def __enter__(self):
        return 'plain value'

    def __exit__(self, *exc):
        print('plain exit', exc)


class ExitOnly:
    def __exit__(self, *exc):
        print('exit only', exc)


def as_exit(kind, error, traceback):
    print('function', kind, error, traceback)


with ExitStack() as stack:
    print(stack.enter_context(step('a')), stack.enter_context(Plain()))
    plain = Plain()
    only = ExitOnly()
    print(stack.push(plain) is plain, stack.push(only) is only, stack.push(as_exit) is as_exit)
    print(stack.callback(print, 'called', 1, sep='-', end='!\n') is print)

    @stack.callback
    def decorated():
        print('decorated')

    @stack.push
    def pushed(*exc):
        print('pushed', exc)

    print('body', decorated.__name__, pushed.__name__)
print('--')
with ExitStack():
    pass
stack = ExitStack()
stack.callback(print, 'by close')
stack.close()
stack.close()
for bad in (5, ExitOnly(), object(), ExitStack):
    with ExitStack() as stack:
        try:
            stack.enter_context(bad)
        except TypeError as error:
            print(type(error).__name__, str(error).split(' at ')[0], error.__suppress_context__)
for call in (lambda s: s.callback(), lambda s: s.callback(arg=1), lambda s: s.push(),
             lambda s: s.enter_context()):
    with ExitStack() as stack:
        try:
            call(stack)
        except TypeError as error:
            print(error)
try:
    with ExitStack() as stack:
        stack.push(5)
        print('5 was pushed')
except TypeError as error:
    print(error)
with ExitStack() as stack:
    stack.callback(lambda *args, **kwds: print(args, kwds), 1, self=2, callback=3, exit=4)
