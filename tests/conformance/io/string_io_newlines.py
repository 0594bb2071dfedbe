# StringIO: every kind of newline, for initial text, writing, reading lines, and `newlines`.
import io

for newline in (None, '', '\n', '\r', '\r\n'):
    f = io.StringIO('a\nb\r\nc\rd', newline)
    print(repr(newline), repr(f.getvalue()), f.newlines, f.tell())
    print(f.readlines(), f.line_buffering, f.encoding, f.errors)
    f = io.StringIO(newline=newline)
    print(f.write('x\ny\r\nz\r'), f.newlines, f.write('\nw'), repr(f.getvalue()), f.tell())
    f.seek(0)
    print(list(f), f.newlines)
    f.seek(0)
    print(repr(f.readline(3)), repr(f.readline()), repr(f.read(2)), repr(f.readline()))
for text in ('', 'a', '\n', '\r', '\r\n', 'a\rb\nc', '\r\n\r', '\n\r'):
    for newline in (None, ''):
        f = io.StringIO(text, newline=newline)
        print(repr(text), f.readlines(), f.newlines)
