# Enum: members, lookups, aliases, iteration, reprs, attributes, methods.
from enum import Enum, auto, unique


class Color(Enum):
    """Colours."""
    RED = 1
    GREEN = 'two'
    BLUE = (3, [4])
    CRIMSON = 1

    @property
    def shown(self):
        return self.name.lower()

    def describe(self, x=0):
        return self.name, self.value, x

    @classmethod
    def default(cls):
        return cls.GREEN

    @staticmethod
    def static():
        return 'static'


print(Color, list(Color), Color.RED, repr(Color.BLUE), Color.CRIMSON is Color.RED, len(Color))
print(Color(1), Color('two'), Color((3, [4])), Color['RED'], Color(Color.RED), Color.__members__)
print(Color.RED.name, Color.RED.value, Color.RED.shown, Color.GREEN.describe(5), Color.default(), Color.static())
print(list(reversed(Color)), Color.RED in Color, bool(Color), bool(Color.RED), hash(Color.RED) == hash('RED'))
print(f'{Color.RED} {Color.RED:>12}|{Color.RED!r:<22}|', '%s' % Color.BLUE, str(Color.RED))
print(isinstance(Color.RED, Color), type(Color.RED), type(Color), Color.__doc__, Color.RED.__class__)
print(Color.RED == Color.RED, Color.RED != Color.GREEN, Color.RED == 1, Color.RED is Color(1), {Color.RED: 'r'})
print(dir(Color), dir(Color.RED))
print(vars(Color.RED), Color.__module__, Color.__qualname__, Color.RED.GREEN)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: Color(7))
attempt(lambda: Color['PINK'])
attempt(lambda: Color.PINK)
attempt(lambda: Color.RED < Color.GREEN)
attempt(lambda: Color())
attempt(lambda: setattr(Color, 'RED', 5))
attempt(lambda: delattr(Color, 'RED'))
attempt(lambda: setattr(Color.RED, 'value', 5))
attempt(lambda: setattr(Color.RED, 'name', 5))
attempt(lambda: Color.RED())
attempt(lambda: Color([9]))
attempt(lambda: Color.RED.missing)
attempt(lambda: unique(Color))
Color.extra = 'x'
print(Color.extra, Color.RED.extra)
Color.RED.note = 'n'
print(Color.RED.note)


class Days(Enum):
    MON = auto()
    TUE = auto()
    SUN = 9
    NEXT = auto()


print(list(Days), [day for day in Days if day.value > 1])


def count(n):
    seen = {}
    for k in range(n):
        color = (Color.RED, Color.GREEN, Color.BLUE)[k % 3]
        if color is Color.RED:
            seen[color] = seen.get(color, 0) + 1
        elif color == Color.GREEN:
            seen[Color('two')] = k
    return seen


for n in (3, 3, 9, 4, 5, 6):
    print(count(n))
