# What the forms of typing refuse.
from typing import Any, Callable, Dict, List, Literal, NoReturn, Optional, Union


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: isinstance([], List[int]))
attempt(lambda: isinstance(3, Any))
attempt(lambda: isinstance(3, Optional))
attempt(lambda: isinstance(3, Literal[3]))
attempt(lambda: List[int]())
attempt(lambda: List())
attempt(lambda: Any())
attempt(lambda: Union())
attempt(lambda: Union[()])
attempt(lambda: Optional[int, str])
attempt(lambda: List[int, str])
attempt(lambda: Dict[int])
attempt(lambda: List[3])
attempt(lambda: List[int][str])
attempt(lambda: Callable[int])
attempt(lambda: Callable[int, str])
attempt(lambda: NoReturn[int])
attempt(lambda: Optional[int].__mro_entries__(()))
