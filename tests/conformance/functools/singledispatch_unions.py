# functools.singledispatch: implementations for the members of unions.
from collections import OrderedDict
from functools import singledispatch


@singledispatch
def show(value):
    return "other"


@show.register
def _(value: str | bytes):
    return "text"


@show.register(int | float)
def _(value):
    return "number"


print([show(value) for value in ("a", b"a", 1, 1.5, None, [])])
for wrong in (int | "x".__class__.__mro__[0] | list[int], 3):
    try:
        show.register(wrong)
    except TypeError as error:
        print(error)


def unannotated(value: list[int] | str):
    pass


for function in (unannotated, lambda value: value):
    try:
        show.register(function)
    except TypeError as error:
        print(str(error).split(" at 0x")[0])

ordered = OrderedDict(a=1, b=2)
print(ordered.setdefault(key="c", default=3), ordered.setdefault("d"), ordered.pop(key="a"))
print(ordered.pop("x", None), ordered.pop("x", default=5), ordered)
try:
    ordered.pop(key="x")
except KeyError as error:
    print(error)
