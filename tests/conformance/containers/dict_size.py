# sys.getsizeof of a dict grows with its table.
import sys

sizes = [sys.getsizeof(dict.fromkeys(range(count))) for count in (0, 1, 100, 10000)]
print(sizes == sorted(sizes), len(set(sizes)), {}.__sizeof__() < {1: 2}.__sizeof__())
grown = {}
before = sys.getsizeof(grown)
for number in range(1000):
    grown[number] = number
print(sys.getsizeof(grown) > before, sys.getsizeof(grown) > sys.getsizeof([0] * 1000))
