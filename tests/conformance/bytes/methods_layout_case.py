# bytes: strip, padding, tabs, case, predicates, translate, hex, and their errors.
print(b'  a b\t\n'.strip(), b'xxaxx'.strip(b'x'), b'xyaxy'.lstrip(b'yx'), b'abc'.rstrip(b'cb'), b'\x0b\x0c a\x1c'.strip())
print(b' a '.lstrip(None), b''.strip(), b'   '.strip(), b'aaa'.strip(b'a'), b'abc'.strip(b''))
print(b'ab'.center(7, b'*'), b'abc'.center(6), b'ab'.ljust(5, b'.'), b'ab'.rjust(5), b'ab'.center(1), b'a'.rjust(-5))
print(b'42'.zfill(5), b'-42'.zfill(5), b'+4'.zfill(5), b'--4'.zfill(6), b''.zfill(2), b'abc'.zfill(2))
print(b'a\tb\n\tc'.expandtabs(), b'a\tb'.expandtabs(3), b'\t\t'.expandtabs(0), b'a\tb'.expandtabs(tabsize=-1), b'\xff\tx'.expandtabs(4))
mixed = b"hello wORLD it's 3RD\xe9a \xc9"
print(mixed.upper(), mixed.lower(), mixed.title(), mixed.capitalize(), mixed.swapcase(), b'Q'.lower(), b''.title())
samples = [b'', b'abc', b'ABC', b'aB', b'Ab Cd', b'Ab cd', b'123', b'a1', b' \t\n\r\x0b\x0c', b' a', b'\x1c', b'\xe9', b'\x7f']
for name in ('isalnum', 'isalpha', 'isascii', 'isdigit', 'islower', 'isspace', 'istitle', 'isupper'):
    print(name, [getattr(sample, name)() for sample in samples])
table = bytes.maketrans(b'abc', b'xyz')
print(len(table), b'aabbcd'.translate(table), b'abcd'.translate(None, b'bd'), b'abcabc'.translate(table, b'a'))
print(b'abc'.translate(bytes(range(256))) == b'abc', b'abc'.translate(table, delete=b'abc'), bytes.maketrans(b'', b'') == bytes(range(256)))
print(b'\x00\xff\xab'.hex(), b'abcdef'.hex(':'), b'abcdefg'.hex('-', 2), b'abcdefg'.hex('-', -2), b'abc'.hex(b'_', 9), b''.hex(':'))
print(b'abc'.hex(sep=' ', bytes_per_sep=0), bytes.fromhex('00 fF\t0a\n'), bytes.fromhex(''), bytes.fromhex('  '))
calls = [('strip', 'x'), ('lstrip', 5), ('strip', 1, 2), ('center',), ('center', 5, 'x'), ('ljust', 5, b'xx'), ('rjust', 5, None),
         ('center', 'a', 'b'), ('zfill', 'a'), ('zfill', 2**70), ('expandtabs', 'a'), ('expandtabs', 2**40), ('upper', 1),
         ('isalpha', 1), ('translate',), ('translate', 'a'), ('translate', b'a'), ('translate', None, 'a'), ('maketrans', b'a'),
         ('maketrans', b'a', 'b'), ('maketrans', b'a', b'bc'), ('hex', 3), ('hex', 'ab'), ('hex', ''), ('hex', 'é'), ('hex', b'\xe9'),
         ('hex', ['a']), ('hex', ':', 1.5), ('hex', ':', 2**40), ('fromhex', 'a'), ('fromhex', 'ag'), ('fromhex', '61 6'),
         ('fromhex', '6 1'), ('fromhex', 'é'), ('fromhex', '61é'), ('fromhex', b'61'), ('fromhex', None), ('fromhex',)]
for name, *arguments in calls:
    try:
        print(name, getattr(b'abc', name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
for name, *arguments in [('center', 5, None), ('expandtabs', 2**40), ('expandtabs', 'a'), ('zfill', 2**70), ('strip', 3)]:
    try:
        print(name, getattr('abc', name)(*arguments))
    except Exception as error:
        print(name, type(error).__name__, error)
