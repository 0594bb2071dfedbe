# dataclass: bases, InitVar, descriptors as defaults, string annotations, __post_init__ chains.
import dataclasses
from dataclasses import InitVar, dataclass, field, fields
import dataclasses as dc


@dataclass
class Base:
    x: int = 1
    y: int = 2


@dataclass
class Derived(Base):
    z: int = 3
    x: str = 'ten'


@dataclass
class Third(Derived):
    y: int = 20

    def __post_init__(self):
        self.sum = self.y + self.z


class Plain(Base):
    w: int = 5


@dataclass
class Later(Plain):
    v: int = 6


print(Derived(), [f.name for f in fields(Derived)], Third(), Third().sum, Plain(), Later(), Derived() == Base(), Base() == Plain())
print(Derived.__doc__, Derived.__match_args__, issubclass(Third, Base))


@dataclass
class Init:
    a: int
    scale: InitVar[int] = 2
    b: int = field(default=0)
    shift: InitVar = 0

    def __post_init__(self, scale, shift):
        self.b = self.a * scale + shift


print(Init(3), Init(3, 5), Init(3, shift=1), vars(Init(1)), [f.name for f in fields(Init)], Init.scale, Init.__doc__)
print(InitVar[int], InitVar['str'], InitVar, type(InitVar[int]).__name__)


@dataclass
class Strings:
    a: 'int'
    b: 'InitVar[int]'
    c: 'dc.InitVar[int]' = 1
    _: 'dataclasses.KW_ONLY' = None
    d: 'list[int]' = None

    def __post_init__(self, b, c):
        self.got = b, c


print(Strings(1, 2), Strings(1, 2, 3, d=[]).got, Strings.__doc__)


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = '_' + name

    def __get__(self, instance, owner):
        if instance is None:
            return 100
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, value * 2)


@dataclass
class WithDescriptor:
    value: int = Descriptor()
    other: int = field(default=Descriptor())


print(WithDescriptor(1, 2), vars(WithDescriptor(3, 4)))
try:
    print(WithDescriptor())
except Exception as error:
    print(type(error).__name__, error)


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*[arg + 1 for arg in args])


@dataclass
class Made(metaclass=Meta):
    a: int


@dataclass
class Property:
    a: int

    @property
    def double(self):
        return self.a * 2

    @classmethod
    def of(cls, text):
        return cls(int(text))


class Outer:
    @dataclass
    class Inner:
        a: int = 1
        b: 'Outer' = None


print(Made(1), Property.of('4').double, Outer.Inner(), Outer.Inner.__init__.__qualname__, Outer.Inner.__doc__)


@dataclass
class Node:
    value: int
    next: 'Node' = None

    def __iter__(self):
        node = self
        while node is not None:
            yield node.value
            node = node.next


print(Node(1, Node(2, Node(3))), list(Node(1, Node(2))), Node(1) == Node(1, None))
loop = Node(1)
loop.next = loop
print(loop)
