"""Attributes of objects of four classes, with different layouts, visited in turn."""
import sys

MASK = 0xFFFFFFFF


class Circle:
    def __init__(self):
        self.value = 1
        self.step = 1


class Square:
    def __init__(self):
        self.step = 2
        self.value = 2


class Triangle:
    def __init__(self):
        self.name = 3
        self.value = 3
        self.step = 3


class Polygon:
    def __init__(self):
        self.name = 4
        self.sides = 4
        self.step = 4
        self.value = 4


def run(n):
    shapes = [Circle(), Square(), Triangle(), Polygon()]
    total = 0
    for i in range(n):
        shape = shapes[i & 3]
        shape.value = (shape.value + shape.step) & MASK
        total = (total + shape.value) & MASK
    return total


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
