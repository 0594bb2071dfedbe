# dataclass: order, frozen, unsafe_hash, eq, init, repr, match_args, kw_only, and their errors.
from dataclasses import KW_ONLY, FrozenInstanceError, dataclass, field


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    note: str = field(default='', compare=False)


@dataclass(frozen=True)
class Frozen:
    x: int
    y: list = field(default_factory=list, hash=False)


@dataclass(unsafe_hash=True)
class Hashed:
    x: int
    y: int = field(default=1, hash=False)
    z: int = field(default=2, compare=False)


@dataclass(eq=False)
class Identity:
    x: int


@dataclass(init=False, repr=False, match_args=False)
class Bare:
    x: int = 3


@dataclass(kw_only=True)
class Keywords:
    a: int
    b: int = 2
    c: int = field(kw_only=False, default=3)


@dataclass
class Mixed:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int = field(kw_only=False, default=4)


v = Version(1, 2)
print(v < Version(1, 3), v <= Version(1, 2, 'n'), v > Version(0, 9), v >= Version(2), sorted([Version(2), v])[0], max(v, Version(1)))
f = Frozen(1)
print(f, hash(f) == hash(Frozen(1, [2])), hash(f) == hash((1,)), {f: 1}[Frozen(1)], Version.__lt__.__qualname__)
print(hash(Hashed(1)) == hash((1,)), Hashed(1) == Hashed(1, 1, 5), Identity(1) == Identity(1), hash(Identity(1)) != 0 or True)
print(Bare().x, hasattr(Bare, '__match_args__'), Bare.__init__ is object.__init__, Bare.__doc__)
print(Keywords(a=1), Keywords(5, a=1, b=0), Keywords.__match_args__, Keywords.__doc__, Mixed(1, 2, b=3), Mixed.__doc__, Mixed.__match_args__)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error, isinstance(error, AttributeError))


attempt(lambda: v < 5)
attempt(lambda: v < Identity(1))
attempt(lambda: setattr(f, 'x', 2))
attempt(lambda: setattr(f, 'new', 2))
attempt(lambda: delattr(f, 'x'))
attempt(lambda: Keywords(1, 2, 3))
attempt(lambda: Keywords())
attempt(lambda: Mixed())
attempt(lambda: Mixed(1, 2, 3))


class Sub(Frozen):
    pass


sub = Sub(1)
sub.new = 5
print(sub.new, sub)
attempt(lambda: setattr(sub, 'x', 5))
attempt(lambda: sub.__delattr__('y'))
attempt(lambda: hash(Frozen([])))
BODIES = ('@dataclass(order=True, eq=False)\nclass C: pass', '@dataclass(order=True)\nclass C:\n def __lt__(s, o): pass',
          '@dataclass(frozen=True)\nclass C:\n def __setattr__(s, n, v): pass', '@dataclass(unsafe_hash=True)\nclass C:\n def __hash__(s): pass',
          '@dataclass\nclass C:\n x: list = []', '@dataclass\nclass C:\n x: dict = {}', '@dataclass\nclass C:\n x: int = 1\n y: int',
          '@dataclass\nclass C:\n x = field()', '@dataclass\nclass C:\n a: KW_ONLY\n b: KW_ONLY', 'field(default=1, default_factory=int)',
          '@dataclass\nclass C(Frozen): pass', '@dataclass(frozen=True)\nclass C(Version): pass', '@dataclass(weakref_slot=True)\nclass C: pass',
          '@dataclass(slots=True)\nclass C:\n __slots__ = ("x",)\n x: int', '@dataclass\nclass C:\n x: Version = Version(1)',
          '@dataclass\nclass C:\n x: Frozen = Frozen(1)\nprint(C())', '@dataclass(frozen=True)\nclass C:\n def __hash__(s): return 7\nprint(hash(C()))',
          '@dataclass\nclass C:\n def __eq__(s, o): return "own"\nprint(C() == 1, C.__hash__)',
          '@dataclass\nclass C:\n self: int\n cls: int = 2\nprint(C(1), C(self=5, cls=4))',
          '@dataclass(frozen=True)\nclass C:\n self: int\n cls: int = 2\nprint(C(1), C(self=5, cls=4))',
          '@dataclass\nclass C:\n def __init__(self, own, *args, k: int = 1, **kw): self.own = own\n def __repr__(self): return "own repr"\nprint(C(1), C.__doc__)')
for body in BODIES:
    try:
        exec(body, globals())
        print('fine')
    except Exception as error:
        print(type(error).__name__, error)
print(FrozenInstanceError.__mro__)
