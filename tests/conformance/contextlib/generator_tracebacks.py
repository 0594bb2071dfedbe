# The traceback of an exception that only passed through generators' managers.
from contextlib import ExitStack, contextmanager


@contextmanager
def through():
    yield


@contextmanager
def around():
    try:
        yield
    finally:
        pass


def lines(error):
    entry = error.__traceback__
    found = []
    while entry is not None:
        code = entry.tb_frame.f_code
        if 'contextlib' not in code.co_filename.rpartition('/')[2].rpartition(' ')[2] \
                or code.co_filename.endswith(__file__):
            found.append((code.co_name, entry.tb_lineno - code.co_firstlineno))
        entry = entry.tb_next
    return found


def fails(kind):
    with around():
        with through():
            raise kind('x')


def nested(kind):
    with through(), around():
        fails(kind)


for kind in ValueError, RuntimeError, StopIteration, KeyboardInterrupt:
    for call in fails, nested:
        try:
            call(kind)
        except BaseException as error:
            print(kind.__name__, call.__name__, lines(error))
