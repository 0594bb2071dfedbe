# closing, nullcontext and suppress.
from contextlib import closing, nullcontext, suppress


class Thing:
    closed = 0

    def close(self):
        self.closed += 1
        print('close', self.closed)


thing = Thing()
with closing(thing) as same:
    print(same is thing)
try:
    with closing(thing):
        raise ValueError('x')
except ValueError as error:
    print(error)
try:
    with closing(5):
        print('in')
except Exception as error:
    print(type(error).__name__, error)
for value in (None, 3, thing):
    with nullcontext(value) as got:
        print(got is value)
with nullcontext() as got:
    print(got)


def suppressed(*kinds, raised):
    with suppress(*kinds) as nothing:
        print(nothing)
        if raised is not None:
            raise raised
        print('no exception')
    return kinds


print(suppressed(raised=None))
print(suppressed(ValueError, raised=ValueError('x')))
print(suppressed(LookupError, raised=KeyError('sub')))
print(suppressed(ValueError, KeyError, raised=KeyError('second')))
print(suppressed(BaseException, raised=SystemExit(1)))
for call in (lambda: suppressed(raised=KeyError('none named')),
             lambda: suppressed(ValueError, raised=KeyError('other')),
             lambda: suppressed('name', raised=KeyError('no class')),
             lambda: suppressed((KeyError, ValueError), raised=ValueError('nested tuple'))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
ignore = suppress(Exception)
with ignore:
    with ignore:
        len(5)
    print('outer continues')
    1 / 0
print(ignore.__exit__(None, None, None), ignore.__exit__(KeyError, KeyError(), None))
