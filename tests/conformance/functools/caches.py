# lru_cache and cache: order of eviction, statistics, keys, recursion, errors, methods.
import gc
import weakref
from functools import cache, cached_property, lru_cache

calls = []


@lru_cache(maxsize=3)
def square(x, *, mark=None):
    """Doc of square."""
    calls.append((x, mark))
    return x * x


print(square.__name__, square.__doc__, square.__module__, square.cache_parameters())
for x in (1, 2, 3, 1, 4, 2, 3, 1, 1.0, True, 1):
    square(x)
print(calls, square.cache_info())
square(x=2) if 0 else square(2, mark=1), square(2, mark=1)
print(calls[-2:], square.cache_info(), square.__wrapped__(5))
square.cache_clear()
print(square.cache_info(), square(3), square.cache_info().hits)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info(), fib.cache_parameters())


@lru_cache(maxsize=None, typed=True)
def kind(*args, **keywords):
    return [type(a).__name__ for a in args] + [type(a).__name__ for a in keywords.values()]


print(kind(1), kind(1.0), kind(True), kind('1'), kind(a=1), kind(a=1.0), kind(1), kind.cache_info())


@lru_cache(maxsize=2)
def fails(x):
    if x < 0:
        raise ValueError(x)
    return fails(x - 1) if x > 2 else x


for x in (-1, -1, 1, 9, 1, -1):
    try:
        print(fails(x), end=' ')
    except ValueError as error:
        print('error', error, end=' ')
print(fails.cache_info())
try:
    fails([])
except TypeError as error:
    print(error, fails.cache_info())


class Key:
    """A key that is compared by running the cached function again, and hashed once."""
    hashed = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        Key.hashed += 1
        return 1

    def __eq__(self, other):
        if Key.active:
            Key.active -= 1
            by_key(Key(99))
        if other.number == 13:
            raise ZeroDivisionError('unlucky')
        return self.number == other.number


Key.active = 0


@lru_cache(maxsize=2)
def by_key(key):
    return key.number


keys = [Key(k) for k in range(4)]
print([by_key(key) for key in keys + keys], Key.hashed, by_key.cache_info())
Key.active = 3
print([by_key(key) for key in keys], by_key.cache_info())
for _ in range(2):
    try:
        by_key(Key(13))
        print(by_key(Key(5)))
    except ZeroDivisionError as error:
        print(error, by_key.cache_info())


class Planet:
    """Methods cache by instance; cached properties in its dict."""
    made = 0

    @lru_cache(maxsize=None)
    def weight(self, factor=1):
        Planet.made += 1
        return factor * 10

    @cached_property
    def name(self):
        """The name."""
        Planet.made += 1
        return f'planet {Planet.made}'


planet = Planet()
print(planet.weight(), planet.weight(2), planet.weight(), Planet.weight(planet), Planet.made)
print(planet.name, planet.name, vars(planet), Planet.name.__doc__, Planet.name.attrname)
del planet.name
print(planet.name, Planet.weight.cache_info())
alive = weakref.ref(planet)
Planet.weight.cache_clear()
del planet
print(alive())


def ring():
    @lru_cache
    def function(x):
        return [function]
    function(1), function(2)
    return weakref.ref(function)


alive = ring()
gc.collect()
print(alive())


class Slotted:
    __slots__ = ()
    value = cached_property(lambda self: 1)


for bad in (lambda: Slotted().value, lambda: cached_property(len).__get__(planet_type, None),
            lambda: type('Two', (), {'a': Planet.name, 'b': Planet.name})):
    planet_type = Planet()
    try:
        bad()
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error, error.__cause__)
