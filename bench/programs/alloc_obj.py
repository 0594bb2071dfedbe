"""A short-lived object per iteration, with three attributes set in `__init__`."""
import sys

MASK = 0xFFFFFFFF


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


def run(n):
    total = 0
    for i in range(n):
        vector = Vector(i, i + 1, i + 2)
        total = (total + vector.x + vector.y * 3 + vector.z * 5) & MASK
    return total


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
