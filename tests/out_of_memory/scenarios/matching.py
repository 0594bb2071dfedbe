# Pattern matching, starred calls, keyword arguments, defaults, decorators, global statements.


def decorate(*labels):
    def wrap(function):
        def wrapper(*args, **kwargs):
            return labels, function(*args, **kwargs)
        wrapper.__name__ = function.__name__
        return wrapper
    return wrap


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y=0):
        self.x = x
        self.y = y


def kind(value):
    match value:
        case Point(0, y):
            return 'axis', y
        case Point(x=x, y=y) if x == y:
            return 'diagonal', x
        case [first, *rest]:
            return first, rest
        case {'key': found, **others}:
            return found, others
        case str() | int():
            return 'plain', value
        case _:
            return None


@decorate('a', 'b')
def spread(a, b=[], /, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


def scenario():
    found = [kind(v) for v in (Point(0, 5), Point(2, 2), [1, 2, 3], {'key': 1, 'z': 2}, 'a', 2.5)]
    found.append(spread(*[1, 2, 3], **{'c': 5, 'e': 6}))
    found.append(spread(1, c=2))
    try:
        spread(1)
    except TypeError as error:
        found.append(str(error))
    try:
        spread(1, c=2, a=3)
    except TypeError as error:
        found.append(str(error))
    return found


result = scenario()
