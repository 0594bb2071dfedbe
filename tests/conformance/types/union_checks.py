# isinstance() and issubclass() with int | None, also compiled; what unions refuse.
import types


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Own:
    pass


U = int | str


def check(value, kinds):
    return isinstance(value, kinds)


for value in (1, 'a', 2.5, None, True, Own()):
    print([check(value, union) for union in (U, int | None, Own | float, (bytes, U))], end=' ')
print([issubclass(bool, union) for union in (U, str | None, (bytes, U))])
attempt(lambda: isinstance(3, int | list[int]))
attempt(lambda: isinstance('', int | list[int]))
attempt(lambda: issubclass(list, int | list[int]))
attempt(lambda: issubclass(3, U))
attempt(lambda: U())
attempt(lambda: types.UnionType())
attempt(lambda: type('T', (types.UnionType,), {}))
attempt(lambda: type('T', (U,), {}))
attempt(lambda: U < U)
