# contextmanager: entry, value, block, exit, in this order; every plain way out of the block.
from contextlib import contextmanager


@contextmanager
def section(name, *rest, end='end', **more):
    print('enter', name, rest, more)
    try:
        yield name.upper()
    finally:
        print(end, name)


def falls_through():
    with section('a', 1, 2, key=3) as value:
        print('in', value)
    return 'after'


def returns(value):
    with section('r', end='out') as upper:
        return upper, value
    print('never')


def loops():
    seen = []
    for k in range(6):
        with section(f'k{k}') as name:
            if k == 1:
                continue
            if k == 4:
                break
            seen.append(name)
    else:
        print('else')
    return seen


def without_as():
    with section('x'), section('y') as y, section('z'):
        print('inside', y)


print(falls_through())
print(returns(5))
print(loops())
without_as()
manager = section('once')
print(type(manager).__mro__[0].__name__, hasattr(manager, 'gen'), sorted(vars(manager)))
with manager:
    print(sorted(vars(manager)))
