# Forms and aliases of typing: text, parts, equality, classes that they stand for.
import typing
from typing import (Any, Callable, ClassVar, Deque, Dict, FrozenSet, Iterable, Iterator, List, Literal,
                    Mapping, NoReturn, Optional, Sequence, Set, Tuple, Type, Union)


class Own:
    pass


for form in (Any, Optional[int], Union[int, str], Union[int, None, str], Union[int], Optional[Own],
             Union[int, Union[str, float]], Union[int, int], List[int], List['Own'], List, Dict[str, Any],
             Tuple[int, ...], Tuple[()], Tuple[int, str], Tuple, Callable[[int, str], None],
             Callable[..., int], Callable[[], int], Callable, Literal[1, 'a', None], Type[Own],
             ClassVar[int], Iterable[List[int]], Mapping[str, Sequence[int]], Deque[int],
             FrozenSet[Own], Set[Optional[int]], NoReturn, Iterator, typing.ContextManager[int],
             typing.Generator[int, None, str], typing.DefaultDict[str, int], typing.Text,
             typing.Counter[str], typing.Optional, typing.Union, typing.Hashable, list[Optional[int]],
             Optional[list[int]], List[int] | None, None | List[int], int | Any, Any | None,
             Optional['Own'], typing.Annotated[int, 'note', 3], typing.Final[int]):
    print(form, '|', typing.get_origin(form), typing.get_args(form))
print(List[int] == List[int], List[int] == List[str], Union[int, str] == Union[str, int],
      Optional[int] == Union[None, int], hash(List[int]) == hash(List[int]), List == List)
print(Union[int, str] == (int | str), Literal[1] == Literal[True], Literal[1, 2] == Literal[2, 1])
print([isinstance(3, form) for form in (Union[int, str], Optional[str], typing.Sized, typing.Hashable)])
print(isinstance([], List), isinstance([], typing.Sequence), issubclass(dict, typing.Mapping))
