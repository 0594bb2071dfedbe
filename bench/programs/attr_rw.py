"""Load, add and store of four attributes of one object."""
import sys

MASK = 0xFFFFFFFF


class Record:
    def __init__(self):
        self.a = 0
        self.b = 1
        self.c = 2
        self.d = 3


def run(n):
    record = Record()
    for i in range(n):
        record.a = (record.a + i) & MASK
        record.b = (record.b + record.a) & MASK
        record.c = (record.c + 3) & MASK
        record.d = (record.d + record.c) & MASK
    return (record.a + record.b + record.c + record.d) & MASK


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
