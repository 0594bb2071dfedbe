# list[int] and its like: text, parts, equality, hash, what is its own and what its class's.
import types


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Own(list):
    """A class of the program."""


A = list[int]
for alias in (A, list[()], tuple[int, ...], tuple[()], dict[str, list[int]], type[Own], Own[int],
              list['Name'], list[None], list[len], list[[int]], list[...], list[type(None)],
              frozenset[A], enumerate[int], list[int,], types.GenericAlias(set, (1, 2))):
    print(alias, alias.__origin__, alias.__args__, alias.__parameters__)
print(A == list[int], A == list[str], A != list[int], A == list, A == tuple[int])
print(hash(A) == hash(list[int]), {A: 1}[list[int]], A in [list[int]], bool(A))
print(type(A), A.__class__, isinstance(A, types.GenericAlias), isinstance(A, type))
print(A.append, A.__mro__, A.__name__, A.__doc__ == list.__doc__, Own[int].__doc__)
print(A.__unpacked__, list(A), next(iter(A)).__unpacked__, tuple[*tuple[int, ...]].__args__)
print(A.__mro_entries__(()), A.__reduce__(), callable(A), types.GenericAlias.__doc__)
print(sorted(set(dir(A)) - set(dir(list))))
attempt(lambda: A.missing)
attempt(lambda: A[int])
attempt(lambda: isinstance([], A))
attempt(lambda: issubclass(list, A))
attempt(lambda: int[str])
attempt(lambda: types.GenericAlias(list))
attempt(lambda: types.GenericAlias(list, int, str))
attempt(lambda: types.GenericAlias(origin=list))
attempt(lambda: types.GenericAlias(3, 4))
attempt(lambda: setattr(A, 'x', 1))
attempt(lambda: setattr(A, '__args__', 1))
attempt(lambda: delattr(A, '__origin__'))
attempt(lambda: len(A))
attempt(lambda: A < A)
attempt(lambda: hash(list[[]]))
