# ExitStack: return, break and continue through it; pushing while it unwinds; instance attributes.
from contextlib import ExitStack, suppress


def returns(k):
    with ExitStack() as stack:
        stack.callback(print, 'leave', k)
        if k % 2:
            return 'odd'
        with ExitStack() as inner:
            inner.callback(stack.callback, print, 'registered late')
            return 'even'


def loops():
    for k in range(5):
        with ExitStack() as stack:
            stack.callback(print, 'k', k)
            if k == 1:
                continue
            stack.push(suppress(ZeroDivisionError))
            if k == 2:
                1 / 0
            if k == 3:
                break
            print('whole', k)
    return k


print(returns(1), returns(2))
print(loops())
with ExitStack() as stack:
    @stack.callback
    def more():
        print('more')
        stack.callback(print, 'pushed while unwinding')
        stack.push(lambda *exc: print('sees', exc))

    stack.callback(print, 'first')


class Special:
    """Methods are looked up in the type, as by the with statement."""

    def __init__(self):
        self.__enter__ = lambda: 'instance'
        self.__exit__ = lambda *exc: print('instance exit')

    def __enter__(self):
        return 'type'

    def __exit__(self, *exc):
        print('type exit')


with ExitStack() as stack:
    print(stack.enter_context(Special()))


class NoExit:
    def __init__(self):
        self.__exit__ = lambda *exc: print('instance exit')

    def __call__(self, *exc):
        print('called as a callback', exc)


with ExitStack() as stack:
    stack.push(NoExit())
with ExitStack() as outer:
    for k in range(300):
        outer.enter_context(ExitStack()).callback(lambda k=k: k % 100 or print('depth', k))
with ExitStack() as many:
    count = []
    for k in range(3000):
        many.callback(count.append, k)
print(len(count), count[:3])
try:
    with ExitStack() as stack:
        stack.push(suppress(KeyError))
        stack.callback(lambda: {}['missing'])
        print('body done')
    print('suppressed')
    with ExitStack() as stack:
        stack.callback(lambda: {}['missing again'])
        stack.push(suppress(KeyError))
finally:
    print('finally')
