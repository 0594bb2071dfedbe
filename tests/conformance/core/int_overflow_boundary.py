# A hot sum that crosses 61, 63 and 64 bits stays exact.
def grow(start, steps):
    value = start
    for _ in range(steps):
        value = value + value
    return value


for bits in range(55, 70):
    print(bits, grow(1, bits), -grow(1, bits), grow(1, bits) - 1)

limit = 2 ** 60
for delta in (-2, -1, 0, 1, 2):
    value = limit + delta
    print(value, -value, value * 1, value - limit, value * value, value // 3, value % 1000)
    print(value == limit, value < limit, hash(value) == hash(-value))

total = limit - 5
for i in range(10):
    total += 1
print(total, total - 10 + 5 == limit)
