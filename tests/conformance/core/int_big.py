# Integers of hundreds of bits: arithmetic, comparison, conversion.
factorial = 1
for i in range(1, 41):
    factorial *= i
print(factorial)
print(factorial // 3 ** 18, factorial % 10 ** 9, -factorial // 7, -factorial % 7)
print(factorial == factorial + 0, factorial < factorial + 1, factorial > -factorial)
print(3 ** 200)
print((3 ** 200) >> 150, (3 ** 200) & (2 ** 80 - 1), ~(3 ** 50))
print(int(str(3 ** 100)) == 3 ** 100, int("-" + "9" * 40))
print(hex(3 ** 60), oct(3 ** 40), bin(3 ** 30))
print((2 ** 100).bit_length(), (-(2 ** 100)).bit_length(), (0).bit_length())
print(float(2 ** 80), int(1e20), 2 ** 80 == 2.0 ** 80, 2 ** 53 + 1 == float(2 ** 53))
