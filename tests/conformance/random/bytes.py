# random: seeds of bytes, randbytes.
import random

for seed in (b'', b'abc', bytes(range(256)), 'abc', b'\xff' * 40):
    for version in (2, 1):
        random.seed(seed, version)
        print(seed[:5], version, random.random(), random.getrandbits(70), random.randbytes(5))
random.seed(7)
print(random.randbytes(0), random.randbytes(1), random.randbytes(33).hex(), random.Random(b'x').random())
print(len(random.SystemRandom().randbytes(12)), 'randbytes' in random.__all__)
for test in (lambda: random.randbytes(-1), lambda: random.randbytes('a'), lambda: random.seed([1])):
    try:
        print(test())
    except Exception as error:
        print(type(error).__name__, error)
