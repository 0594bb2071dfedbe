# Numbers and bytes: int.to_bytes, int.from_bytes, int(b'..'), float(b'..'), ord.
for number in (0, 1, 127, 128, 255, 256, -1, -128, -129, 65535, 2**63, -2**63, 2**64 - 1, 2**100, -2**100, True):
    for length in (1, 2, 8, 9, 16):
        for signed in (False, True):
            try:
                big = number.to_bytes(length, 'big', signed=signed)
                little = number.to_bytes(length, 'little', signed=signed)
                print(number, length, signed, big.hex(), little == big[::-1], int.from_bytes(big, 'big', signed=signed) == number,
                      int.from_bytes(little, 'little', signed=signed) == number)
            except OverflowError as error:
                print(number, length, signed, error)
print((5).to_bytes(), (0).to_bytes(0, 'big'), (258).to_bytes(byteorder='little', length=2), int.from_bytes(b''), int.from_bytes(b'\1\0'))
print(int.from_bytes([1, 2], 'big'), int.from_bytes((255,), 'little', signed=True), bool.from_bytes(b'\0'), bool.from_bytes(b'\2'))


class Number(int):
    pass


class Own:
    def __bytes__(self):
        return b'\1\2'


print(type(Number.from_bytes(b'a')), Number(3).to_bytes(1, 'big'), int.from_bytes(Own(), 'big'))
print(int(b'12'), int(b' -1_0\t\n'), int(b'ff', 16), int(b'0x1f', 0), int(b'z', 36), float(b' 1.5e3 '), float(b'-inf'), float(b'1_0'), ord(b'a'), ord(b'\xff'))
tests = [lambda: (256).to_bytes(1, 'big'), lambda: (-1).to_bytes(1, 'big'), lambda: (1).to_bytes(-1, 'big'), lambda: (1).to_bytes(1, 'x'),
         lambda: (1).to_bytes('a'), lambda: (1).to_bytes(1, 2), lambda: (1).to_bytes(1, 'big', True), lambda: (1).to_bytes(2**70, 'big'),
         lambda: (1).to_bytes(0, 'big'), lambda: int.from_bytes('a', 'big'), lambda: int.from_bytes(3, 'big'), lambda: int.from_bytes(),
         lambda: int.from_bytes(b'a', 'x'), lambda: int.from_bytes(b'a', 3), lambda: int.from_bytes([256], 'big'), lambda: int(b'x'),
         lambda: int(b''), lambda: int(b'\xb2'), lambda: int(b'1\0'), lambda: int(b'9', 8), lambda: int(b'12', 99), lambda: int(b'7' * 5000),
         lambda: int(b'x' * 300), lambda: float(b'x'), lambda: float(b'\xff'), lambda: float(b''), lambda: ord(b''), lambda: ord(b'ab'),
         lambda: int([b'1']), lambda: int('\x1c5'), lambda: int('\x855'), lambda: float('\x1f1'), lambda: chr(b'a'), lambda: range(b'a')]
for test in tests:
    try:
        print(test())
    except Exception as error:
        print(type(error).__name__, error)
