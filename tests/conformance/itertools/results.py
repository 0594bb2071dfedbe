# What the iterators of itertools give.
from itertools import *

EXPRESSIONS = '''
islice(count(3), 4); islice(count(1, 0.5), 3); islice(count(10**18, 10**18), 3); islice(count(True, 2), 3)
islice(count(2**60 - 2), 4); islice(count(2**63 - 2, True), 4); islice(cycle('abc'), 7); cycle([])
repeat('x', 3); islice(repeat(0), 2); map(pow, range(5), repeat(2)); zip(repeat(1, 2), count())
accumulate(range(1, 6)); accumulate('abc'); accumulate([3, 1, 4], max); accumulate([], initial=7)
accumulate([1, 2, 3], lambda a, b: a * b, initial=10); accumulate([[1], [2]]); accumulate([1], None)
chain('ab', [1], (), {2: 3}); chain(); chain.from_iterable(['ab', 'cd']); chain.from_iterable([])
compress('ABCDEF', [1, 0, 1, 0, 1, 1]); compress('AB', count()); compress('ABC', [1, 1]); compress([], [1])
dropwhile(lambda x: x < 5, [1, 4, 6, 4, 1]); takewhile(lambda x: x < 5, [1, 4, 6, 4, 1]); dropwhile(bool, [])
filterfalse(lambda x: x % 2, range(10)); filterfalse(None, [0, 1, '', 'a']); filterfalse(bool, [0, 1])
starmap(pow, [(2, 5), [3, 2], iter((10, 3))]); starmap(max, []); starmap(print, [()])
islice('ABCDEFG', 2); islice('ABCDEFG', 2, 4); islice('ABCDEFG', 2, None); islice('ABCDEFG', 0, None, 2)
islice('ABCDEFG', 1, 6, 4); islice('ABC', 10); islice('ABC', 5, 9, 2); islice('ABC', 0); islice(range(9), None, 7, 3)
islice('ABCDEF', 0, 2**63 - 1, 2**63 - 1); islice('ABCDEF', True); islice('ABC', None); islice('ABC', 3, 1)
pairwise('ABCDE'); pairwise('A'); pairwise([]); pairwise(range(3)); tuple(pairwise('AB'))
product('ab', range(3)); product((0, 1), repeat=3); product(); product([], 'ab'); product('ab', []); product('a', repeat=0)
permutations('ABC'); permutations('ABC', 2); permutations([]); permutations('AB', 3); permutations('AB', 0)
combinations('ABCD', 2); combinations(range(4), 3); combinations('AB', 0); combinations('AB', 3); combinations('AB', 2)
combinations_with_replacement('ABC', 2); combinations_with_replacement('AB', 3); combinations_with_replacement('', 0)
combinations_with_replacement('', 2); combinations_with_replacement('A', 3); permutations((1, 1), 2)
zip_longest('ABCD', 'xy', fillvalue='-'); zip_longest(); zip_longest([], []); zip_longest('AB', [1, 2, 3], []); zip_longest('A')
[(k, list(g)) for k, g in groupby('AAAABBBCCD')]; [k for k, g in groupby('AABBA')]; groupby([])
[(k, list(g)) for k, g in groupby(range(7), lambda x: x // 3)]; [list(g) for k, g in groupby([1, 1.0, True, 2])]
[list(t) for t in tee('abc')]; [list(t) for t in tee(iter('ab'), 3)]; tee([], 0); [list(t) for t in tee('', 1)]
'''
for line in EXPRESSIONS.strip().split('\n'):
    for text in line.split('; '):
        print(text, '->', list(eval(text)))
sizes = [sum(1 for _ in make) for make in
         (permutations(range(7)), permutations(range(8), 4), combinations(range(12), 5),
          combinations_with_replacement(range(8), 4), product(range(5), 'abc', repeat=2))]
print(sizes, list(permutations(range(6), 4))[271], list(combinations(range(9), 4))[100])
print(list(combinations_with_replacement(range(5), 4))[60], list(product('abc', (1, 2), repeat=2))[23])
big = tee(iter(range(300)))
print(sum(big[0]), sum(a - b for a, b in zip(*tee(big[1]))), next(big[0], 'end'))
hints = repeat(None, 5)
next(hints)
print(hints, hints.__length_hint__(), repeat(hints), count(4.5), next(count('x' == 'y')))
try:
    repeat(1).__length_hint__()
except TypeError as error:
    print(error)
