# What class bodies may hold: reserved names, _ignore_, _order_, member and nonmember; all errors.
from enum import Enum, EnumType, Flag, IntEnum, ReprEnum, auto, member, nonmember, property


class Kinds(Enum):
    _ignore_ = 'temporary other'
    temporary = [1, 2]
    other = 5
    A = 1
    B = auto()
    function = lambda self: self.value * 2
    as_member = member(len)
    plain = nonmember(7)
    __private = 'private'

    @member
    def decorated():
        return 'called'

    @property
    def A2(self):
        return 'property'


print([m for m in Kinds if m.name not in ('as_member', 'decorated')], Kinds.A.function(), Kinds.plain)
print(Kinds.as_member.value('abc'), Kinds.decorated.value(), Kinds._Kinds__private, hasattr(Kinds, 'temporary'), Kinds.A.A2)


class Named(Enum):
    _order_ = 'B A name value'
    B = 2
    A = 1
    name = 'a member called name'
    value = 'a member called value'


print(Named.name, Named.value, Named.B.name, Named.A.value, Named.name.name)


def attempt(source):
    try:
        exec(source, globals())
        print('fine')
    except Exception as error:
        print(type(error).__name__, str(error).split(' at 0x')[0])


for source in ('class E(Enum):\n A = 1\n A = 2', 'class E(Kinds):\n C = 1', 'class E(Kinds): pass',
               'class E(Enum):\n _bad_ = 1', 'class E(Enum):\n mro = 1', 'class E(Enum, int):\n A = 1',
               'class E(Enum):\n A = 1\n def A(self): pass',
               'class E(Enum):\n def A(self): pass\n A = 1', 'class E(Enum):\n _order_ = "A B"\n B = 1\n A = 2',
               'class E(IntEnum):\n A = "x"', 'class E(Enum):\n A = 1\n _ignore_ = "A"', 'class E(ReprEnum):\n A = 1',
               'class E(Enum):\n A = auto()\n def _generate_next_value_(n, s, c, l): return 1',
               'class E(Flag):\n A = "x"\n B = auto()', 'class E(Enum):\n def __init__(self, x): raise KeyError(x)\n A = 1',
               'class E(Enum, unknown=1):\n A = 1', 'class E(Enum):\n A = 1\n B = A\nprint(E.B)',
               'class E(str, Enum):\n A = 5\nprint(repr(E.A), E.A == "5")', 'class E(Enum):\n A = auto(), 2\n B = 3, auto()\nprint(list(E))',
               'class E(int, Enum):\n A = "7", 8\nprint(list(E))', 'class E(Enum):\n pass\nprint(list(E), E, len(E))'):
    attempt(source)


class Base(Enum):
    def shared(self):
        return f'shared {self.value}'

    def __str__(self):
        return f'<<{self.name}>>'


class Derived(Base):
    X = 1
    Y = 2


print(Derived.X.shared(), str(Derived.Y), repr(Derived.Y), f'{Derived.X}', Derived.__mro__)


class Mixin:
    def hello(self):
        return 'hello ' + self.name


class Mixed(Mixin, Enum):
    A = 1


class MetaCalls(EnumType):
    def __call__(cls, value, *args, **kwargs):
        return super().__call__(value + 1, *args, **kwargs)


class Shifted(Enum, metaclass=MetaCalls):
    A = 2


print(Mixed.A.hello(), Shifted(1), type(Shifted), isinstance(Shifted, EnumType))


class Sub(Enum):
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        cls.told = sorted(kwargs)


class SubMembers(Sub, key=1):
    A = 1


print(SubMembers.told, SubMembers.A.told)
