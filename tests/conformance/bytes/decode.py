# bytes.decode and str(bytes, ...): encodings, error handlers, UnicodeDecodeError.
print(b'abc'.decode(), b'\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'.decode('utf-8'), b'\xe9'.decode('latin-1'), b'ok'.decode('ascii'))
print(str(b'abc', 'ascii'), str(b'\xe9', encoding='latin-1'), str(b'x', errors='ignore'), str(b'', 'nope'), b''.decode('nope'))
print(str(b'plain'), str(b'it\'s'), str(object=b'o'), b'a'.decode(encoding='UTF8', errors='strict'))
for name in ('UTF-8', 'utf_8', 'Utf8', 'U8', 'cp65001', 'US-ASCII', '646', 'latin1', 'ISO-8859-1', 'iso8859_1', 'L1', 'utf  8'):
    print(name, b'a'.decode(name), end=' ')
print()
malformed = [b'\x80', b'a\xffb', b'\xc3', b'\xc3(', b'\xe2\x82', b'\xe2(\xa1', b'\xe2\x82(', b'\xf0\x9f\x98', b'\xf0(\x8c\xbc', b'\xf0\x90(\xbc',
             b'\xc0\x80', b'\xe0\x80\x80', b'\xed\xa0\x80', b'\xed\xa0', b'\xf4\x90\x80\x80', b'\xf5\x80', b'\xf0\x80\x80\x80', b'\xfe\xff']
for data in malformed:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        print(data, error, error.encoding, error.object is data, error.start, error.end, error.reason, error.args)
handlers = ('ignore', 'replace', 'backslashreplace', 'surrogateescape', 'surrogatepass', 'xmlcharrefreplace', 'nope')
for handler in handlers:
    shown = []
    for data in malformed:
        try:
            shown.append(ascii(data.decode('utf-8', handler)))
        except (UnicodeDecodeError, LookupError, TypeError) as error:
            shown.append(type(error).__name__)
    print(handler, *shown)
    try:
        print(ascii(b'a\xe9\xffb'.decode('ascii', handler)))
    except Exception as error:
        print(type(error).__name__, error)
for arguments in ((3,), (None,), ('nope',), ('utf-8', 3), ('utf-8', 'x', 1), ('ascii\0',), ('ascii', 'a\0')):
    try:
        print(b'x'.decode(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
for arguments in ((3, 'ascii'), ('a', 'ascii'), (b'a', 3), (b'a', 'ascii', 3), (b'a', 'nope'), (b'\xff', 'ascii'), (None, 'ascii')):
    try:
        print(str(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


class Text(str):
    pass


print(type(Text(b'abc', 'ascii')), Text(b'abc', 'ascii'), Text(b'x'), UnicodeDecodeError('utf-8', b'ab', 0, 2, 'why'))
