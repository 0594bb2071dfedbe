# Generic classes and type variables.
from typing import Callable, Dict, Generic, Iterable, List, NewType, Optional, TypeVar, Union

T = TypeVar('T')
K = TypeVar('K', bound=int)
V = TypeVar('V', int, str)
Out = TypeVar('Out', covariant=True)


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Stack(Generic[T]):
    def __init__(self, *items: T) -> None:
        self.items: List[T] = list(items)

    def pop(self) -> Optional[T]:
        return self.items.pop() if self.items else None


class Pair(Dict[K, T], Generic[T, K]):
    pass


class Ints(Stack[int]):
    pass


class Items(List[T], Iterable[T]):
    pass


print(T, K, V, Out, K.__bound__, V.__constraints__, T.__name__, T.__module__, Out.__covariant__)
for cls in (Stack, Pair, Ints, Items):
    print(cls.__mro__, cls.__parameters__, cls.__orig_bases__)
print(Stack[int], Stack[T], Stack[List[T]][int], Stack[int](1, 2).__orig_class__, Pair[str, int])
for round in range(8):
    print(Stack[int](1, round).pop(), Ints(3).pop(), Stack().pop(), end=' ')
print()
print(List[T][int], Dict[K, T][int, str], Union[T, int][str], Optional[T][str], Callable[[T], V][int, str])
print(list[T], list[T][int], dict[str, T] | None, (list[T] | None)[int], T | None, int | T)
UserId = NewType('UserId', int)
print(UserId, UserId(5), UserId.__supertype__, UserId.__name__, UserId | None)
attempt(lambda: Generic[int])
attempt(lambda: Generic[T, T])
attempt(lambda: Stack[int, str])
attempt(lambda: Ints[int])
attempt(lambda: Stack[int][int])
attempt(lambda: TypeVar('X', int))
attempt(lambda: TypeVar('X', int, str, bound=int))
attempt(lambda: TypeVar('X', covariant=True, contravariant=True))
attempt(lambda: isinstance(Stack(), Stack[int]))
attempt(lambda: type('Plain', (Generic,), {}))
