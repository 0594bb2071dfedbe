# How each type of itertools takes its arguments, and what it says when they are wrong.
import itertools
from itertools import *

CALLS = '''
count(); count(5); count(2, 3); count(step=2); count(start=7); count(1.5); count(1, 0.5)
count(True); count('a'); count(1, None); count(1, 2, 3); count(x=1); count(10**30); count(5, True)
count(5, 1.0); count(-3, -1); cycle(); cycle(3); cycle([], []); cycle(iterable=[]); repeat()
repeat(1); repeat(1, 2); repeat(object=1, times=2); repeat(1, times=-5); repeat(1, None)
repeat(1, 1.5); repeat(1, 10**30); repeat(1, 2, 3); repeat(1, x=2); repeat(times=2)
repeat('ab', True); accumulate(); accumulate(3); accumulate([1], None); accumulate([1], None, 3)
accumulate([1], x=3); accumulate([1], func=3, initial=None); accumulate(iterable=[]); chain(1)
chain([], x=1); chain.from_iterable(); chain.from_iterable(3); chain.from_iterable([], [])
compress(); compress([]); compress([], []); compress(data=[], selectors=[]); compress([], 3)
compress([], [], []); dropwhile(); dropwhile(None); dropwhile(None, 3); dropwhile(None, [], 3)
dropwhile(predicate=1); takewhile(None); takewhile(None, 3); takewhile(None, [], x=1)
filterfalse(None); filterfalse(None, 3); filterfalse(None, [], x=1); starmap(None); starmap(None, 3)
starmap(None, [], x=1); groupby(); groupby(3); groupby([], 1, 2); groupby([], keyfunc=1)
groupby(iterable=[], key=None); islice(); islice([]); islice([], 1); islice([], -1); islice([], 'a')
islice([], None); islice([], 1, -1); islice([], -1, 1); islice([], -2, None); islice([], 1, 2, 0)
islice([], 1, 2, -1); islice([], 1, 2, None); islice([], 1, 2, 'a'); islice([], 1, 2, 3, 4)
islice([], 10**30); islice([], None, None, None); islice([], 1.0); islice(3, 1); islice([], 1, -2)
islice([], stop=3); islice([], 'a', 1); pairwise(); pairwise(3); pairwise([], [])
pairwise(iterable=[]); product(3); product([], repeat=-1); product([], x=1)
product([], repeat=None); product([], repeat=2**63); product([], repeat=2**62); product(repeat=0)
product([], repeat=1, x=2); permutations(); permutations(3); permutations([], -1)
permutations([], 'a'); permutations([], 1.0); permutations([], None); permutations(iterable=[], r=0)
permutations([], 1, 2); permutations([], 10**30); permutations([], 2**62); permutations([], True)
combinations(); combinations([]); combinations(3, 1); combinations([], -1); combinations([], 'a')
combinations([], None); combinations([], 10**30); combinations(iterable=[], r=0)
combinations([], 1, 2); combinations([], 2**62); combinations('ab', r=1, x=2)
combinations_with_replacement(); combinations_with_replacement([], -1)
combinations_with_replacement([], 1.5); combinations_with_replacement([], 2**62)
combinations_with_replacement(3, 1); zip_longest(3); zip_longest([], fillvalue=1)
zip_longest([], fill=1); zip_longest([], fillvalue=1, x=2); tee(); tee(3); tee([], -1); tee([], 'a')
tee([], 0); tee([], 1, 2); tee([], n=2); tee([], 10**30)
'''


def shown(text):
    try:
        value = eval(text)
    except (TypeError, ValueError, OverflowError, MemoryError) as error:
        return f'{type(error).__name__}: {error}'
    text = repr(value)
    return text[:text.index(' at 0x')] if ' at 0x' in text and text[0] == '<' else text[:40]


for text in CALLS.strip().replace('\n', '; ').split('; '):
    print(text, '->', shown(text))
print(sorted(name for name in dir(itertools) if not name.startswith('__')))
