# int | None: text, parts, equality, and what | takes.
import types


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Own:
    pass


class Meta(type):
    def __or__(cls, other):
        return 'of the metaclass'


class Special(metaclass=Meta):
    pass


U = int | str
for union in (U, int | None, None | int, list[int] | None, None | list[int], Own | None, U | float,
              float | U, (int | str) | (str | bytes), int | int, list[int] | list[int],
              list[int] | list[str], U | U, type(None) | None, type(None) | int, Special | int,
              list[U] | dict[str, U], int | Special):
    print(union, type(union).__name__, getattr(union, '__args__', None))
print(U == (str | int), U == int, U != (int | float), hash(U) == hash(str | int), {U: 1}[str | int])
print(type(U), isinstance(U, types.UnionType), U.__parameters__, U.__module__, types.UnionType.__doc__)
for left, right in ((int, 3), (3, int), (None, None), (int, 'x'), (list[int], 3), (U, 3), (..., int)):
    attempt(lambda: left | right)
print(type.__or__(int, 3), type.__ror__(int, None), (1).__or__(2), {1} | {2}, {1: 2} | {3: 4})
attempt(lambda: int.__or__(str))
attempt(lambda: U[int])
attempt(lambda: U.__origin__)
attempt(lambda: setattr(U, 'x', 1))
