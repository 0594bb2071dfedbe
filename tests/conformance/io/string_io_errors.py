# StringIO: wrong arguments, closed files, what is not supported.
import io


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


f = io.StringIO('text')
for call in (lambda: f.write(5), lambda: f.write(), lambda: f.write('a', 'b'), lambda: f.write(None),
             lambda: f.seek(-1), lambda: f.seek(1, 1), lambda: f.seek(1, 2), lambda: f.seek(0, 3),
             lambda: f.seek('a'), lambda: f.seek(1.5), lambda: f.seek(2 ** 70), lambda: f.seek(0, 'a'),
             lambda: f.seek(), lambda: f.truncate(-1), lambda: f.truncate('a'), lambda: f.truncate(1.5),
             lambda: f.read('a'), lambda: f.read(1.5), lambda: f.readline('a'), lambda: f.readlines('a'),
             lambda: f.read(1, 2), lambda: f.fileno(), lambda: f.detach(), lambda: f.writelines(5),
             lambda: f.writelines(['a', 1]), lambda: io.StringIO(5), lambda: io.StringIO('a', 5),
             lambda: io.StringIO('a', 'x'), lambda: io.StringIO(None).getvalue(), lambda: io.StringIO(['a']),
             lambda: io.StringIO('a', '\n', 'z'), lambda: io.StringIO(foo=1), lambda: next(io.StringIO()),
             lambda: io.StringIO(initial_value='q', newline='').getvalue(), f.getvalue,
             lambda: setattr(f, 'closed', True), lambda: setattr(f, 'newlines', 1), lambda: len(f)):
    attempt(call)
print(f.close(), f.close(), f.closed)
for name in ('read', 'readline', 'readlines', 'getvalue', 'tell', 'readable', 'writable', 'seekable',
             'flush', 'isatty', 'fileno', 'truncate', '__enter__', '__next__', '__iter__'):
    print(name, end=' ')
    attempt(getattr(f, name))
for call in (lambda: f.write('a'), lambda: f.seek(0), lambda: f.newlines, lambda: f.line_buffering,
             lambda: f.writelines([]), lambda: list(f), lambda: f.__exit__(None, None, None),
             lambda: f.__exit__(), lambda: print('x', file=f)):
    attempt(call)
f.__init__('again')
print(f.getvalue(), f.closed)


class Late(io.StringIO):
    def __init__(self):
        pass


late = Late()
for call in (late.getvalue, lambda: late.write('a'), lambda: late.closed):
    attempt(call)
print(io.UnsupportedOperation.__mro__, issubclass(io.UnsupportedOperation, OSError))
try:
    with io.StringIO() as f:
        f.fileno()
except OSError as error:
    print(type(error), error, error.args)
