# copy.copy: built-in types, instances, slots, subclasses of built-in types, hooks, errors.
import copy


class Plain:
    def __init__(self, x):
        self.x = x


class Slots:
    __slots__ = ('p', '_Slots__q', '__dict__')


class Int(int):
    pass


class List(list):
    pass


class Dict(dict):
    pass


class Tuple(tuple):
    pass


class Str(str):
    pass


class Set(set):
    pass


for value in (None, 5, 1.5, 'a', True, (1, [2]), frozenset([1]), range(3), len, int, ..., NotImplemented,
              Plain, slice(1), Plain.__init__, property()):
    print(copy.copy(value) is value, end=' ')
print()
for value in ([1, [2]], {'a': [1]}, {1, 2}):
    same = copy.copy(value)
    print(same == value, same is value, type(same).__name__)
plain = Plain([1])
plain.extra = 'e'
other = copy.copy(plain)
print(other is plain, other.x is plain.x, vars(other), vars(other) is vars(plain))
slots = Slots()
slots.p = [1]
slots.more = 2
other = copy.copy(slots)
print(other.p is slots.p, other.more, hasattr(other, '_Slots__q'))
for value in (Int(5), List([1, [2]]), Dict(a=[1]), Tuple((1, 2)), Str('text'), Set({1})):
    value.note = ['n']
    other = copy.copy(value)
    print(type(other).__name__, other, other is value, other.note is value.note)
error = copy.copy(KeyError('k', 1))
print(repr(error), type(error))


class Hook:
    def __copy__(self):
        return 'from __copy__'


class Reduce:
    def __init__(self, x=0):
        self.x = x

    def __reduce__(self):
        return Reduce, (self.x + 1,)


class ReduceEx(Plain):
    def __reduce_ex__(self, protocol):
        print('protocol', protocol)
        return ReduceEx, (self.x,), {'state': 1}, iter(()), iter(())


class Named:
    def __reduce_ex__(self, protocol):
        return 'global name'


class State:
    def __getstate__(self):
        return ('a', 'b', 'c')

    def __setstate__(self, state):
        self.state = state


class Args(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


class ArgsEx:
    def __new__(cls, *, key):
        self = super().__new__(cls)
        self.key = key
        return self

    def __getnewargs_ex__(self):
        return (), {'key': self.key}


named = Named()
print(copy.copy(Hook()), copy.copy(Reduce(4)).x, vars(copy.copy(ReduceEx(2))), copy.copy(named) is named)
print(copy.copy(State()).state, copy.copy(Args(1, 2)), copy.copy(ArgsEx(key=3)).key)
print(plain.__getstate__(), slots.__getstate__(), object().__getstate__(), Plain(1).__reduce_ex__(2)[1:3])


def generator():
    yield


class NoReduce:
    @property
    def __reduce_ex__(self):
        raise AttributeError
    __reduce__ = None


for value in (generator(), NoReduce(), copy):
    try:
        print(copy.copy(value))
    except Exception as error:
        print(type(error).__name__, error)
print(copy.Error.__mro__, copy.error is copy.Error, copy.__all__)
