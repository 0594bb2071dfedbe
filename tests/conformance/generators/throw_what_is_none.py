# generators: throw() of what is no exception, raised by the innermost of those that wait.
import traceback


def inner():
    try:
        yield 1
        yield 2
    finally:
        print("inner ends")


def middle(catch):
    try:
        yield from inner()
    except TypeError as error:
        print("middle", error)
        if not catch:
            raise
        yield "caught"
    return "middle's"


def outer(catch):
    result = yield from middle(catch)
    print("result", result)
    yield "behind"


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except BaseException as error:
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]
        print(type(error).__name__, error, names)


for catch in (False, True):
    for wrong in ((0,), (ValueError(1), 2), (ValueError, 1, "no traceback"), ("text",)):
        generator = outer(catch)
        print(next(generator))
        attempt(generator.throw, *wrong)
        attempt(next, generator)
        attempt(next, generator)
plain = inner()
next(plain)
attempt(plain.throw, 3)
attempt(next, plain)
attempt((yielded for yielded in [1]).throw, None)


def through_expression():
    yield from (k for k in [1, 2])


generator = through_expression()
next(generator)
attempt(generator.throw, 0)
attempt(next, generator)
