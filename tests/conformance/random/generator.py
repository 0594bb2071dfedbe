# The generator: seeds of every kind, states, bits, and their errors.
import random

for seed in (0, 1, -1, 12345, 2 ** 31, 2 ** 32, 2 ** 32 - 1, 2 ** 64 + 5, -(10 ** 40), 3 ** 5000, True,
             0.0, 1.5, -2.25, 1e300, float('inf'), '', 'a', 'hello', 'ünï', '\U0001f600', 'x' * 200):
    r = random.Random(seed)
    print(str(seed)[:20], [r.random() for _ in range(3)], r.getrandbits(32), r.getrandbits(100))
for text in ('', 'a', 'abc', 'ünï'):
    r = random.Random()
    r.seed(text, version=1)
    print(text, r.random())
r = random.Random(42)
print([r.getrandbits(k) for k in (0, 1, 2, 5, 31, 32, 33, 52, 53, 63, 64, 65, 128, 300)])
state = r.getstate()
print(type(state), state[0], len(state[1]), state[1][-1], state[1][:3], state[2])
first = [r.random() for _ in range(1000)]
r.setstate(state)
print(first == [r.random() for _ in range(1000)], sum(first))
other = random.Random()
other.setstate(state)
print(first == [other.random() for _ in range(1000)])
words = tuple(k - 5 for k in range(624)) + (624,)
other.setstate((2, words, None))
print(other.random(), other.getstate()[1][0])
for call in (lambda: r.getrandbits(-1), lambda: r.getrandbits(1.5), lambda: r.getrandbits(),
             lambda: r.getrandbits('a'), lambda: r.getrandbits(2 ** 70), lambda: r.random(1),
             lambda: r.getrandbits(2 ** 31), lambda: r.getrandbits(-2 ** 31 - 1),
             lambda: r.setstate((3, (), None)), lambda: r.setstate((3, [1], None)),
             lambda: r.setstate((3, (1,) * 624 + (625,), None)), lambda: r.setstate(5),
             lambda: r.setstate((3, (1,) * 624 + (-1,), None)), lambda: r.setstate((1, 2, 3)),
             lambda: r.setstate((3, (-1,) * 625, None)), lambda: r.setstate((3, (2 ** 64,) * 625, None)),
             lambda: r.setstate((3, ('a',) * 625, None)), lambda: r.seed([]), lambda: random.Random(()),
             lambda: r.seed(1, 2, 3), lambda: random.Random(1, 2), lambda: r.setstate((3, 4))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(r.getstate() == r.getstate(), r.random() == random.Random(42).random())
