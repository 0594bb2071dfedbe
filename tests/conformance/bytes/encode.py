# str.encode: encodings, error handlers, UnicodeEncodeError; round trips.
print('abc'.encode(), 'é€😀'.encode('utf-8'), 'é'.encode('latin-1'), 'ok'.encode('ascii'), ''.encode(), '\x7f\x80'.encode())
print('é'.encode(encoding='latin1', errors='strict'), 'a\0b'.encode(), 'ÿ'.encode('ISO-8859-1'), 'é'.encode('Utf8'))
texts = ['é', 'aé€b', 'é\u0100', '\ud800', 'a\udc80b', 'x\ud800\udfffy', '\udcff\ud800', '😀\udc41', 'plain']
for encoding in ('utf-8', 'ascii', 'latin-1'):
    for text in texts:
        try:
            print(encoding, text.encode(encoding))
        except UnicodeEncodeError as error:
            print(ascii(str(error)), error.encoding, error.object is text, error.start, error.end, error.reason)
handlers = ('ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape', 'surrogatepass', 'nope')
for handler in handlers:
    for encoding in ('utf-8', 'ascii', 'latin-1'):
        shown = []
        for text in texts:
            try:
                shown.append(text.encode(encoding, handler))
            except UnicodeEncodeError as error:
                shown.append((error.start, error.end))
            except LookupError as error:
                shown.append(str(error))
        print(handler, encoding, *shown)
for arguments in ((3,), (None,), ('nope',), ('utf-8', 3), ('utf-8', 'x', 1), ('ascii\0',), ('\ud800',)):
    try:
        print('x'.encode(*arguments))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))
everything = ''.join(map(chr, range(0, 0x11000, 7))) + '\U0010ffff'
data = everything.encode('utf-8', 'surrogatepass')
print(len(everything), len(data), data.decode('utf-8', 'surrogatepass') == everything, hash(data) == hash(bytes(list(data))))
raw = bytes(range(256))
print(raw.decode('utf-8', 'surrogateescape').encode('utf-8', 'surrogateescape') == raw, raw.decode('latin-1').encode('latin-1') == raw,
      raw.decode('ascii', 'surrogateescape').encode('ascii', 'surrogateescape') == raw)
