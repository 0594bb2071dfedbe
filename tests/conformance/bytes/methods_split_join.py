# bytes: split, rsplit, splitlines, partition, join, with limits and errors.
line = b'  one two\tthree\n four\x0b five\x0c\r '
print(line.split(), line.split(None, 2), line.rsplit(None, 2), line.split(maxsplit=0), b''.split(), b' '.split())
data = b'a,b,,c,'
print(data.split(b','), data.split(b',', 2), data.rsplit(b',', 2), data.split(b',,'), data.split(b'x'), data.split(sep=b','))
print(b''.split(b','), data.split(b',', -1), data.rsplit(b',', 0), data.split(b'a,b,,c,'), data.split(b'x')[0] is data)
print(b'a\nb\r\nc\rd\n\ne'.splitlines(), b'a\nb\r\n'.splitlines(True), b''.splitlines(), b'\n'.splitlines(keepends=1))
print(b'a\x0bb\x0cc\x1cd\x85e'.splitlines(), 'a\x0bb\x0cc\x1cd\x85e'.splitlines(), b'x'.splitlines())
print(data.partition(b','), data.rpartition(b','), data.partition(b';'), data.rpartition(b';'), b''.partition(b'a'))


class Sub(bytes):
    pass


class Text(str):
    pass


print(type(data.partition(Sub(b','))[1]), type('a,b'.partition(Text(','))[1]), type('a,b'.rpartition(Text(','))[1]))
print(b','.join([b'a', b'b', b'']), b''.join((b'x', b'y')), b'-'.join(iter([b'1', b'2'])), b', '.join([]), b'x'.join([b'y']))
print(b'-'.join({b'k': 1}), b'-'.join(bytes([byte]) for byte in b'abc'), type(b''.join([Sub(b's')])), b'.'.join([Sub(b's')] * 2))
calls = [('split', 'x'), ('split', b''), ('split', 1), ('split', b',', 'x'), ('split', b',', 2**70), ('split', b',', 1, 2),
         ('rsplit', b''), ('splitlines', 'a'), ('splitlines', 1.5), ('splitlines', 2**40), ('partition', 'x'),
         ('partition', b''), ('rpartition', None), ('partition',), ('join', 3), ('join', [b'a', 1]), ('join', ['a']),
         ('join', [b'a'], 1), ('join', 'ab'), ('join', b'ab')]
for name, *arguments in calls:
    try:
        print(name, getattr(data, name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
for name, *arguments in [('splitlines', []), ('splitlines', 2**40), ('split', ',', 2**70), ('rsplit', b','), ('partition', None)]:
    try:
        print(name, getattr('a,b', name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
