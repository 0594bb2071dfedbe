# enumerate() and items() give the same tuple again while nobody keeps it, and only then.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone', self.name)


print(list(enumerate('abc')), list({1: 2, 3: 4}.items()))
numbered = enumerate([5, 6, 7], 10)
first = next(numbered)
second = next(numbered)
print(first, second, first is second, list(numbered), first)
kept = []
for pair in enumerate('xyz'):
    kept.append(pair)
print(kept)
pairs = iter({'a': 1, 'b': 2, 'c': 3}.items())
kept = next(pairs)
for pair in pairs:
    print(pair, kept)
made = enumerate(Noisy(k) for k in range(3))
for index, noisy in made:
    print(index, noisy.name)
    del noisy
print('end of loop')
del made
print(sum(a * b for a, b in enumerate(range(50))), [i for i, _ in enumerate('ab', 2 ** 60 - 1)],
      [i for i, _ in enumerate('ab', 2 ** 59 - 1)])
for (k, v), n in zip({'p': [1], 'q': [2]}.items(), enumerate('mn')):
    v.append(n)
    print(k, v, n)
