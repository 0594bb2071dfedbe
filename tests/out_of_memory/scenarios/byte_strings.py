# Bytes: building, formatting, splitting, encoding and decoding, numbers.


class Own:
    def __bytes__(self):
        return bytes(range(70, 80))


class Sub(bytes):
    pass


def scenario():
    data = b''
    for i in range(40):
        data += bytes([97 + i % 26]) * 3
    parts = data.split(b'abc') + list(data.partition(b'ccc')) + b'x y z'.rsplit(None, 1)
    joined = b'-'.join(parts)
    found = [joined.upper(), joined.replace(b'b', b'long'), joined.title(), joined[::-2], bytes(Own())]
    found.append(b'%s|%5d|%-8.3f|%a|%x|%b|%c' % (b's', 42, 2.5, 'q', 255, Own(), 65))
    found.append((data.center(200, b'*').strip(b'*').ljust(150).expandtabs(), data.hex(':', 3)))
    found.append((bytes.fromhex('61 62 63'), b'a\nb\r\nc'.splitlines(True), repr(data)))
    found.append(data.translate(bytes.maketrans(b'abc', b'xyz'), b'd'))
    found.append('\u0394\u20ac\U0001f600'.encode() + '\xe9t\xe9'.encode('latin-1'))
    found.append('\u0394a\ud800'.encode('ascii', 'backslashreplace').decode('utf-8'))
    found.append(b'\xff\xc3\xa9\xe2'.decode('utf-8', 'surrogateescape'))
    found.append((b'\xc3\xa9\xff'.decode(errors='replace'), str(b'text', 'ascii'), bytes('t\xe9', 'utf-8')))
    found.append(((2**100).to_bytes(20, 'big'), int.from_bytes(data[:30], 'little'), int(b'12'), float(b'1.5')))
    found.append((Sub(data)[3:9], list(b'abc'), bytes([1, 2, 3]), bytes(i for i in range(50)), {b'k': 1}[b'k']))
    try:
        b'\xff'.decode()
    except UnicodeDecodeError as error:
        found.append((str(error), error.object, error.args))
    return found


result = scenario()
