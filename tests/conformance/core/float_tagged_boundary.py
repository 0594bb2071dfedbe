# Floats whose exponents lie at the limits of common representations, through a hot attribute.
class Box:
    def __init__(self, value):
        self.value = value


def scale(box, factor):
    box.value = box.value * factor
    return box.value


up = Box(1.0)
down = Box(1.0)
for step in range(0, 1030):
    high = scale(up, 2.0)
    low = scale(down, 0.5)
    if step in (0, 126, 127, 128, 253, 254, 255, 256, 257, 258, 510, 511, 512, 1022, 1023, 1024):
        print(step, high, low, -high, low == 0.0)
print(up.value, down.value)
for i in range(6):
    box = Box(float("nan") if i == 3 else 2.0 ** -1074)
    print(scale(box, 1.0))
