# Random walks and Monte-Carlo in compiled functions: the same numbers as interpreted.
import random


def walk(n):
    x = y = 0
    for _ in range(n):
        dx, dy = random.choice([(1, 0), (-1, 0), (0, 1), (0, -1)])
        x += dx
        y += dy
    return x, y


def pi(n, rng):
    inside = 0
    for _ in range(n):
        a = rng.random()
        b = rng.random()
        if a * a + b * b < 1.0:
            inside += 1
    return 4 * inside / n


def shuffled(n):
    cards = list(range(n))
    random.shuffle(cards)
    return cards[:5], random.sample(cards, 3), random.randint(0, n)


random.seed(99)
for k in range(8):
    print(walk(50), pi(100, random), pi(100, random.Random(k)), shuffled(20 + k))
