# StringIO: writing, reading, lines, positions, truncation; print to it; characters of every width.
import io
from contextlib import redirect_stdout

f = io.StringIO()
print(f.write('abc'), f.write(''), f.write('déf\n'), f.write('\U0001f600'), f.getvalue(), f.tell())
print(f.seek(1), f.read(2), f.read(0), f.read(), repr(f.read()), f.read(-1) == f.read(None))
print(f.seek(0, 2), f.seek(0, 1), f.seek(3), f.write('XY'), f.getvalue())
f = io.StringIO('one\ntwo\nthree')
print(f.read(1), repr(f.readline()), repr(f.readline(2)), repr(f.readline(0)), f.readlines(), f.readlines())
f.seek(0)
print(list(f), f.seek(0), next(f), [line.strip() for line in f])
f.seek(0)
print(f.readlines(1), f.readlines(5), f.readlines(None), f.readline(), f.tell())
print(f.truncate(5), repr(f.getvalue()), f.tell(), f.truncate(50), f.seek(2), f.truncate(), f.getvalue())
f.seek(6)
print(repr(f.read()), f.write('end'), repr(f.getvalue()), f.truncate(None))
print(f.writelines(['a', 'b', '']), f.writelines(iter('cd')), repr(f.getvalue()))
f = io.StringIO('start')
f.write('ST')
print(f.getvalue(), f.read(), f.readable(), f.writable(), f.seekable(), f.isatty(), f.flush(), f.closed)
with io.StringIO() as f:
    print('to', 'a file', 1, sep='-', end='!', file=f)
    print(file=f)
    print('flushed', file=f, flush=True)
    print(repr(f.getvalue()))
print(f.closed)
with redirect_stdout(io.StringIO()) as out:
    print('captured', [1, 2])
    with redirect_stdout(io.StringIO()) as inner:
        print('inner')
print(repr(out.getvalue()), repr(inner.getvalue()))
f = io.StringIO()
f.attribute = f
print(vars(f) == {'attribute': f}, f == f, f != io.StringIO(), hash(f) == hash(f))


def build(n):
    out = io.StringIO()
    for k in range(n):
        out.write(str(k) if k % 3 else f'[{k}]')
    return out.getvalue()


for n in (5, 5, 20, 5, 7, 11):
    print(build(n))
