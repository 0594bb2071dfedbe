# array: tobytes, frombytes, arrays made of bytes, arrays where bytes-like objects are wanted.
from array import array

numbers = array('i', [1, -2, 70000])
print(numbers.tobytes(), bytes(numbers) == numbers.tobytes(), len(bytes(array('d', [1.5]))), array('u', 'aé').tobytes())
print(array('b', b'abc'), array('B', b'\xff\x00'), array('h', b'\x01\x00\x02\x00'), array('I', b''), array('b').tobytes())
again = array('i')
again.frombytes(numbers.tobytes())
again.frombytes(array('b', [1, 0, 0, 0]))
print(again, again == numbers, again[:3] == numbers)
again.frombytes(b'')
own = array('B', b'ab')
try:
    own.frombytes(own)
except BufferError as error:
    print(error)
print(own, len(again))
small = array('B', b'l,o')
print(b'hello, world'.find(array('B', b'lo')), b'a,b'.split(array('B', b',')), b'-'.join([small, b'x']), b'x' + small)
print(b'abc'.startswith(array('B', b'ab')), b'xabx'.strip(array('B', b'x')), small.tobytes().decode(), str(small, 'ascii'))
print(array('B', b'o') in [b'o'], b'lo'.replace(array('B', b'l'), small), int(array('B', b'12')), float(array('B', b'1.5')))
print(int.from_bytes(array('B', b'\1\2'), 'big'), b'%b' % small, array('B', b'l') in b'hello', b'abc' == array('B', b'abc'))
for test in (lambda: array('i', b'abc'), lambda: again.frombytes(b'abc'), lambda: again.frombytes('abc'), lambda: again.frombytes(3),
             lambda: again.frombytes(numbers), lambda: small + b'x', lambda: int(array('B', b'x')), lambda: array('u', b'abc')):
    try:
        print(test())
    except Exception as error:
        print(type(error).__name__, error)
