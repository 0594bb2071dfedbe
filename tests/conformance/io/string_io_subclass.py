# Subclasses of StringIO and TextIOBase: overridden methods are the ones that are called.
import gc
import io
import weakref


class Upper(io.StringIO):
    def write(self, text):
        return super().write(text.upper())

    def close(self):
        self.kept = self.getvalue()
        super().close()


with Upper('a') as f:
    f.seek(0, 2)
    print('hello', 5, file=f)
    f.writelines(['x', 'y'])
print(repr(f.kept), f.closed)


class Lines(io.StringIO):
    def readline(self, size=-1):
        line = super().readline(size)
        return line and '> ' + line


print(list(Lines('a\nb')), Lines('a\nb\nc').readlines(), next(Lines('z')))


class Wrong(io.StringIO):
    def readline(self):
        return 5


try:
    next(Wrong('x'))
except OSError as error:
    print(error)


class Sink(io.TextIOBase):
    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, text):
        self.parts.append(text)
        return len(text)


with Sink() as sink:
    print('a', 1, file=sink)
    sink.writelines('bc')
    for name in ('read', 'readline', 'detach', 'fileno', 'truncate', 'tell', 'seek'):
        try:
            print(name, getattr(sink, name)())
        except Exception as error:
            print(name, type(error).__name__, error)
    print(sink.readable(), sink.seekable(), sink.writable(), sink.isatty(), sink.closed, sink.encoding)
print(sink.parts, sink.closed)
try:
    sink.flush()
except ValueError as error:
    print(error)
f = io.StringIO('weak')
f.cycle = f
died = weakref.ref(f)
print(died() is f, isinstance(f, io.TextIOBase), isinstance(f, io.IOBase), isinstance(sink, io.IOBase))
del f
gc.collect()
print(died(), io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.DEFAULT_BUFFER_SIZE, io.open is open)
