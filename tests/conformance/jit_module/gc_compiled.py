# Classes and functions whose compiled code is all that still knows them are collected. A unit that a
# stale word of the native stack mentions waits for a later collection, with the three that it knows.
import gc
import weakref

gc.disable()
refs = []


def alive():
    return sum(r() is not None for r in refs)


def make(i):
    class Point:
        def __init__(self, x):
            self.x = x

        def move(self, d):
            self.x += d
            return self.x

    def walk(n):
        p = Point(i)
        total = 0
        for k in range(n):
            total += p.move(k)
        return total + (walk(n - 1) if n > 2 else 0)

    refs.append(weakref.ref(Point))
    refs.append(weakref.ref(walk))
    refs.append(weakref.ref(Point.move))
    return walk


for i in range(12):
    walk = make(i)
    print(walk(5), walk(6), walk(40))
    walk = None
    gc.collect()
    print(alive() <= 3)

# The same code goes on with new classes.
first = make(1)
print([first(n) for n in range(8)])
second = make(2)
gc.collect()
print([first(n) + second(n) for n in range(8)], 6 <= alive() <= 9)
del first, second
gc.collect()
print(alive() <= 3)
