# Subclasses with their own random and getrandbits; the system's generator; attributes.
import random
import weakref


class Counting(random.Random):
    calls = 0

    def random(self):
        self.calls += 1
        return super().random()


class Bits(random.Random):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b

    def getrandbits(self, k):
        return super().getrandbits(k) ^ self.b


class Constant(random.Random):
    def random(self):
        return 0.25

    def seed(self, *args):
        print('seed', args)


class Both(Counting):
    def getrandbits(self, k):
        return 3 & ((1 << k) - 1)


r = Counting(7)
print([r.randrange(100) for _ in range(5)], r.choice('abc'), r.uniform(1, 2), r.calls)
r = Bits(7, 0)
print([r.randrange(100) for _ in range(5)], r.b, r.random())
r = Constant([])
print(r.randrange(8), r.sample(range(9), 3), r.choices('abcd', k=2), random.Random.random(r))
r = Both(1)
print(r.randrange(5), r.random(), r.calls, r.getstate()[1] == random.Random(1).getstate()[1])
print(random.Random(3).__reduce__()[:2], random.Random(3).__getstate__()[0])
r = random.Random(5)
r.extra = 'attributes'
print(vars(r), weakref.ref(r)() is r, random.Random.__mro__, random.Random.VERSION)
print(random.randint.__qualname__, random.random.__qualname__, random.random.__self__ is random._inst)
system = random.SystemRandom()
print(0 <= system.random() < 1, system.getrandbits(70) < 2 ** 70, system.getrandbits(0), system.seed(5))
print(1 <= system.randint(1, 6) <= 6, len(system.sample(range(50), 20)), system.choice('a'))
for call in (system.getstate, lambda: system.setstate(1), lambda: system.getrandbits(-1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(random.random() != random.random(), random.Random().random() != random.Random().random())
