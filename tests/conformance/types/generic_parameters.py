# Parameters inside aliases and unions: found, replaced, counted.
import types


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Parameter:
    """What typing.TypeVar is to an alias."""

    def __init__(self, name):
        self.name = name

    def __typing_subst__(self, argument):
        return argument

    def __repr__(self):
        return '~' + self.name

    def __or__(self, other):
        return types.GenericAlias(Union, (self, other))


class Union:
    pass


class Counting(Parameter):
    def __typing_prepare_subst__(self, alias, args):
        print('prepare', alias, args)
        return args


T, S, N = Parameter('T'), Parameter('S'), Counting('N')
for alias in (list[T], dict[T, S], dict[T, T], dict[S, list[T]], tuple[int, T, S, T], list[list[T]],
              list[T] | None, dict[str, list[T] | int]):
    print(alias, alias.__parameters__)
attempt(lambda: list[T][int])
attempt(lambda: dict[T, S][int, str])
attempt(lambda: dict[S, list[T]][int, str])
attempt(lambda: dict[T, T][int])
attempt(lambda: (list[T] | None)[int])
attempt(lambda: dict[str, list[T] | int][bytes])
attempt(lambda: list[T][S][int])
attempt(lambda: dict[T, S][int])
attempt(lambda: list[T][int, str])
attempt(lambda: list[N][int])
attempt(lambda: list[T][int]([1, 2]))
attempt(lambda: list[list[T]][list[S]].__parameters__)
attempt(lambda: list[int][T])
