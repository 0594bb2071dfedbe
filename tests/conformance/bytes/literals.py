# Bytes literals: escapes, raw ones, concatenation, constants of code, folding, errors.
print(b'abc', B"x", rb'\x\n', bR'\\', br"a'b", Rb'''a
b''')
print(b'\x00\xff\n\t\r\\\'"', b"it's", b'"', b'\'"', b'\a\b\f\v\0\101\7777', b'\q\N{x}\u1234')
print(b'a' b'b' rb'\c', b'' b'', (b'x'
                                 b'y'))
print([bytes([byte]) for byte in (0, 9, 31, 32, 39, 92, 126, 127, 128, 255)])


def constants():
    return b'one', b'one', 'one', b'', (b'in a tuple', 1)


first, second, text, empty, pair = constants()
print(first is second, first == text, pair, empty or 'empty', [c for c in constants.__code__.co_consts if c])
print(not b'', not b'x', b'yes' if b'0' else 'no', b'a' in {b'a', 'b'}, 97 in b'abc')
if b'':
    print('never')
while b'once':
    print('once')
    break
for source in ("b'é'", "b'a' 'b'", "'a' b'b'", "f'{1}' b'b'", r"b'\x'", r"b'\xg1'", r"b'ok\x1'", "bb'x'", "ub'x'",
               "b'x' = 1", "b'abc"):
    try:
        compile(source, 'name', 'exec')
    except SyntaxError as error:
        print(source, '->', error.msg, error.lineno, error.offset)


def documented():
    b'no docstring'


print(documented.__doc__, eval("b'\\x41' b'B'"), repr(eval(repr(bytes(range(256))))) == repr(bytes(range(256))))
