# functools and itertools in everyday use.
import functools
import itertools


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), functools.reduce(lambda a, b: a * b, range(1, 6)), functools.partial(pow, 2)(5))
print(list(itertools.chain([1], "ab")), list(itertools.islice(itertools.count(5, 2), 3)))
print(list(itertools.product("ab", [1, 2])), list(itertools.permutations([1, 2, 3], 2)))
print(list(itertools.combinations("abc", 2)), list(itertools.accumulate([1, 2, 3])))
print([(k, list(g)) for k, g in itertools.groupby("aabbc")], list(itertools.zip_longest([1], "xy")))
print(list(itertools.takewhile(lambda x: x < 3, range(9))), list(itertools.repeat("r", 2)))
