# ExitStack: exceptions of the body, of exits and of callbacks; suppression; the chain of contexts.
from contextlib import ExitStack


def chain(error):
    parts = []
    while error is not None:
        parts.append(f'{type(error).__name__}({error})')
        error = error.__context__
    return ' <- '.join(parts)


def fail(error):
    def leave(*exc):
        print('  leaving with', exc[0] and exc[0].__name__)
        raise error
    return leave


def answer(value):
    def leave(*exc):
        print('  answering', value, exc[0] and exc[0].__name__)
        return value
    return leave


def run(body, *leaves):
    try:
        with ExitStack() as stack:
            for leave in leaves:
                stack.push(leave)
            if body is not None:
                raise body
    except BaseException as error:
        print(chain(error), repr(error.__cause__), error.__suppress_context__)
    else:
        print('ended')


run(None, answer(True), answer(False))
run(ValueError('body'), answer(False))
run(ValueError('body'), answer(True))
run(ValueError('body'), answer(False), answer(1), answer(''))
run(None, fail(KeyError(1)))
run(ValueError('body'), fail(KeyError(1)))
run(ValueError('body'), fail(KeyError(1)), fail(KeyError(2)), fail(KeyError(3)))
run(ValueError('body'), answer(True), fail(KeyError(1)))
run(ValueError('body'), fail(KeyError(1)), answer(True))
run(ValueError('body'), fail(KeyError(1)), answer(True), fail(KeyError(2)))
run(None, fail(KeyError(1)), answer(True), fail(KeyError(2)))
run(None, answer(True), fail(SystemExit(2)))
run(KeyboardInterrupt('i'), answer(False), fail(StopIteration('s')))
same = ValueError('same')
run(same, fail(same))
run(same, answer(False), fail(same), fail(KeyError('k')))
first = KeyError('reused')
run(None, fail(first), fail(first))
cause = KeyError('caused')
cause.__cause__ = OSError('cause')
run(ValueError('body'), fail(cause))


def raising_from(*exc):
    try:
        raise TypeError('inner')
    except TypeError as inner:
        raise KeyError('outer') from inner


run(ValueError('body'), raising_from)
run(ValueError('body'), fail(OSError('last')), raising_from)
