# cast, overload, final, TYPE_CHECKING and forms in the annotations of a program.
from dataclasses import dataclass, field, fields
from typing import (TYPE_CHECKING, Any, Callable, ClassVar, Dict, Final, List, Optional, Union, cast,
                    final, overload)

if TYPE_CHECKING:
    from nowhere import Nothing


@overload
def double(value: int) -> int: ...
@overload
def double(value: str) -> str: ...
def double(value: Union[int, str]) -> Union[int, str]:
    return cast(Any, value) * 2


@final
@dataclass
class Config:
    limit: ClassVar[int] = 10
    name: Optional[str] = None
    table: Dict[str, List[int]] = field(default_factory=dict)
    action: Callable[[int], int] = abs


MAXIMUM: Final = 5
print(double(4), double('ab'), Config('x'), Config.__final__, MAXIMUM)
print([item.name for item in fields(Config)], Config.__annotations__, double.__annotations__)
