# Integer operators over signs: floor division and modulo follow the divisor.
for a in (7, -7, 0, 1):
    for b in (2, -2, 3, -3, 7):
        print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b))
print(2 ** 10, (-2) ** 3, -2 ** 2, 7 ** 0, 0 ** 0)
print(2 ** -1, 10 ** -2)
print(+5, -5, ~5, ~-1, abs(-9))
print(pow(3, 5, 7), pow(2, -1, 7))
