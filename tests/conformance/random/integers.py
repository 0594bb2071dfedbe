# randrange, randint, choice, shuffle, sample and choices: the same choices, the same errors.
import random

random.seed(2024)
print([random.randrange(10) for _ in range(20)], [random.randint(1, 6) for _ in range(20)])
print([random.randrange(5, 50, 7) for _ in range(8)], [random.randrange(50, 5, -7) for _ in range(8)])
print(random.randrange(10 ** 40), random.randint(-10 ** 20, 10 ** 20), random.randrange(1))
print(random.randrange(True, 9), random.randrange(2, 9, True))
print([random.choice('abcdef') for _ in range(10)], random.choice(range(1000)), random.choice((5,)))
items = list(range(12))
random.shuffle(items)
print(items)
print(random.sample(range(1000), 5), random.sample(range(10 ** 12), 30), random.sample('abc', 3))
print(random.sample([1, 2, 3], 0), random.sample((1, 2, 2), 2), random.sample(range(40), 38))
print(random.sample(['red', 'blue'], k=5, counts=[4, 2]), random.sample(range(3), 2, counts=(10, 0, 1)))
print(random.choices('abc', k=6), random.choices([1, 2, 3], [1, 1, 8], k=8))
print(random.choices('xyz', cum_weights=[0.5, 0.75, 1.0], k=5), random.choices('ab', k=0), random.choices([7]))
for call in (lambda: random.randrange(0), lambda: random.randrange(-5), lambda: random.randrange(3, 3),
             lambda: random.randrange(5, 3), lambda: random.randrange(3, 5, 0), lambda: random.randrange(3, 5, -1),
             lambda: random.randrange('a'), lambda: random.randrange(5, step=2), lambda: random.randrange(),
             lambda: random.randint(3, 2), lambda: random.randint(1),
             lambda: random.choice([]), lambda: random.choice({}), lambda: random.choice({1: 2}),
             lambda: random.choice(5), lambda: random.shuffle((1, 2)), lambda: random.shuffle('ab'),
             lambda: random.sample({1, 2}, 1), lambda: random.sample({1: 2}, 1), lambda: random.sample([1], 2),
             lambda: random.sample([1], -1), lambda: random.sample(5, 1), lambda: random.sample([1, 2], 1.5),
             lambda: random.sample([1, 2], 1, counts=[1]), lambda: random.sample([1, 2], 1, counts=[0, 0]),
             lambda: random.sample([1, 2], 1, counts=[1.5, 2]), lambda: random.sample([1], 1, counts=3),
             lambda: random.choices([]), lambda: random.choices([1, 2], 3), lambda: random.choices([1, 2], [1]),
             lambda: random.choices([1, 2], [1, 1], cum_weights=[1, 2]), lambda: random.choices([1, 2], [0, 0]),
             lambda: random.choices([1, 2], [1, float('inf')]), lambda: random.choices([1], ['a']),
             lambda: random.choices([1], k=1.5), lambda: random.choices(5), lambda: random.choices([1], 1.5)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(random.random())
