"""What generated programs import: shows values and exceptions, runs one program after another."""
import gc
import sys

HEADER = '== sequence'
END = '== end'
CHAIN = 6


def show(value, depth=0):
    """A text of the value in which no order is changed but that of sets, which have none."""
    kind = type(value)
    if value is None or kind in (bool, int, float, str, range, slice):
        return repr(value)
    if depth == 5:
        return '...'
    if kind is dict:
        return '{' + ', '.join([show(key, depth + 1) + ': ' + show(value[key], depth + 1)
                                for key in value]) + '}'
    if kind in (set, frozenset):
        return kind.__name__ + str(sorted([show(item, depth + 1) for item in value]))
    if kind in (list, tuple):
        return kind.__name__ + '[' + ', '.join([show(item, depth + 1) for item in value]) + ']'
    if isinstance(value, BaseException):
        return describe(value)
    if isinstance(value, type):
        return 'class ' + value.__name__
    return '<' + kind.__name__ + '>'


def lines_of(traceback):
    """Line and function of each entry that belongs to a program."""
    found = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename.rpartition('/')[2].startswith('program'):
            found.append('%d in %s' % (traceback.tb_lineno, code.co_name))
        traceback = traceback.tb_next
    return ', '.join(found)


def describe(error, depth=0):
    """Type, message, lines, causes and contexts, and what a group holds."""
    text = type(error).__name__
    if isinstance(error, RecursionError):
        # How deep it got is not compared: nor is what happened there just before.
        return text
    text += ': ' + str(error)
    # Of those, python3 names a line before the right one as soon as the code is warm.
    if not isinstance(error, UnboundLocalError):
        text += ' at ' + lines_of(error.__traceback__)
    if depth == CHAIN:
        return text
    if isinstance(error, BaseExceptionGroup):
        text += ' of [' + '; '.join([describe(each, depth + 1) for each in error.exceptions]) + ']'
    if isinstance(error, StopIteration):
        text += ' value ' + show(error.value)
    if error.__cause__ is not None:
        text += ' (from ' + describe(error.__cause__, depth + 1) + ')'
    if error.__context__ is not None and error.__context__ is not error.__cause__:
        during = ' (suppressed ' if error.__suppress_context__ else ' (during '
        text += during + describe(error.__context__, depth + 1) + ')'
    if hasattr(error, '__notes__'):
        text += ' notes ' + show(error.__notes__)
    return text


def out(*values):
    print('  ', *[show(value) for value in values])


def attempt(function, *arguments, **named):
    try:
        return show(function(*arguments, **named))
    except BaseException as error:
        return describe(error)


def attributes(value):
    """What an object holds: the class, the instance dict in its order, and the slots."""
    found = [type(value).__name__, attempt(vars, value)]
    for base in type(value).__mro__:
        for name in base.__dict__.get('__slots__', ()):
            found.append(name + '=' + attempt(getattr, value, name))
    return ' '.join(found)


def run(number):
    """Imports a program; whatever it raises ends it alone."""
    print(HEADER, number, flush=True)
    print(HEADER, number, file=sys.stderr, flush=True)
    name = 'program%d' % number
    try:
        __import__(name)
    except BaseException as error:
        print('ended by', describe(error))
    sys.modules.pop(name, None)
    gc.collect()
    sys.stdout.flush()


def end():
    print(END)
    print(END, file=sys.stderr)
