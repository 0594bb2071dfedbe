# NamedTuple as a base class and as a function.
from typing import NamedTuple, Tuple


class Point(NamedTuple):
    """A place."""
    x: int
    y: int = 0
    tags: Tuple[str, ...] = ()

    def norm(self) -> int:
        return self.x * self.x + self.y * self.y

    @property
    def swapped(self) -> 'Point':
        return self._replace(x=self.y, y=self.x)


Old = NamedTuple('Old', [('name', str), ('id', int)])
for round in range(8):
    print(Point(round).norm(), Point(1, round).swapped, Point(1) == (1, 0, ()), end=' ')
print(Point.__annotations__, Point._field_defaults, Point._fields, Point.__doc__, Point.__bases__)
print(Old('a', 3), Old.__annotations__, Old.__module__, Point.__mro__)
for make in (lambda: Point(), lambda: NamedTuple('X', [('a', int)], b=int)):
    try:
        print(make())
    except TypeError as error:
        print(error)
try:
    class Wrong(NamedTuple):
        a: int = 1
        b: int
except TypeError as error:
    print(error)
