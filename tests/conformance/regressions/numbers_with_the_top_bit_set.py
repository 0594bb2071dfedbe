# Constants and attributes at the edges of 8, 31, 32, 61, 63 and 64 bits, in code that is compiled: a
# 32-bit immediate with its top bit set was extended with the wrong sign (ruby/ruby pull requests
# 13635, 13546).
class Box:
    def __init__(self, value):
        self.value = value


def tests(box):
    v = box.value
    return (v == 0x7f, v == 0x80, v < 0x7fffffff, v < 0x80000000, v > -0x80000000, v > -0x80000001,
            v == 0xffffffff, v <= 0xfffffffffffffff, v <= 0x1000000000000000, v >= -0x1000000000000001)


def sums(box):
    v = box.value
    return v + 0x80000000, v - 0x80000000, v + 0xffffffff, v * 0x80000001, v ^ 0x80000000, v & 0xffffffff


def store(box):
    box.value = 0x80000000
    box.other = -0x80000000
    box.value += 0xffffffff
    return box.value, box.other


edges = [0x7f, 0x80, 0x7fffffff, 0x80000000, 0xffffffff, 1 << 32, (1 << 60) - 1, 1 << 60, 1 << 63, 1 << 64]
for i in range(3):
    for edge in edges:
        for value in (edge, -edge, -edge - 1):
            box = Box(value)
            print(value, tests(box), sums(box), store(box))
