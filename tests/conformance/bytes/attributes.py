# What a bytes has and is: its methods, abstract classes, patterns, enumerations, paths; no reflected +.
import collections.abc
import dataclasses
import enum
import functools
import operator
import os

word = b'abc'
print([name for name in dir(bytes) if not name.startswith('_')])
print([name for name in dir(bytes) if name.startswith('_') and name != '__doc__'])
for cls in (str, list, tuple, bytes):
    print(cls.__name__, hasattr(cls, '__radd__'), hasattr(cls, '__rmul__'), hasattr(cls, '__rmod__'))
print([issubclass(bytes, getattr(collections.abc, name))
       for name in ('Sequence', 'ByteString', 'Hashable', 'MutableSequence', 'Iterable')])
match word:
    case [_, _, _]:
        print('sequence')
    case bytes(found):
        print('bytes', found)
print(operator.concat(word, b'd'), operator.getitem(word, 1), functools.reduce(operator.add, [b'a', b'b']), os.fspath(b'path'))


class Letters(bytes, enum.Enum):
    A = b'a'
    B = b'b'


@dataclasses.dataclass(frozen=True)
class Record:
    data: bytes = b'default'


class Right(list):
    def __radd__(self, other):
        return 'reflected', other


class Plain(tuple):
    pass


print(Letters.A, Letters(b'b'), Letters.A + b'x', Letters.B.value, Record(), Record(b'z') == Record(b'z'), {Record(): 1}[Record()])
print([1] + Right(), (1,) + Plain((2,)), Plain((1,)) + (2,), 'a' + type('Text', (str,), {})('b'), b'a' + type('Sub', (bytes,), {})(b'b'))
for test in (lambda: word.nope, lambda: bytes.nope, lambda: word.__radd__, lambda: [].__radd__, lambda: word.append(1), lambda: len(word, 1),
             lambda: bytes.upper('a'), lambda: bytes.upper(), lambda: bytes.fromhex(), lambda: word.split(foo=1), lambda: [1] + (2,)):
    try:
        print(test())
    except Exception as error:
        print(type(error).__name__, error)
raise ValueError(word, b'\xff')
