# Managers in generators that are closed, thrown into, or left behind.
from contextlib import ExitStack, closing, contextmanager, suppress


@contextmanager
def step(name):
    print('enter', name)
    try:
        yield name
    except BaseException as error:
        print('raised', name, repr(error))
        raise
    finally:
        print('leave', name)


def numbers(n):
    with step('outer'):
        for k in range(n):
            with step(f'inner {k}'), suppress(KeyError):
                yield k


def stacked():
    with ExitStack() as stack:
        for k in range(3):
            yield stack.enter_context(step(k))


print(list(numbers(2)))
values = numbers(3)
print(next(values))
print(values.throw(KeyError('k')))
try:
    values.throw(ValueError('v'))
except ValueError as error:
    print('out', repr(error))
values = numbers(3)
next(values)
print(values.close())
values = numbers(3)
next(values)
del values
for value in stacked():
    if value == 1:
        break
print(list(stacked()))
with closing(numbers(5)) as values:
    for value in values:
        if value == 1:
            break


def delegating():
    with step('delegating'):
        result = yield from numbers(1)
        return result


values = delegating()
print(next(values))
values.close()
print([value for value in delegating()])
with suppress(StopIteration):
    with step('generator of generators'):
        next(iter(()))
