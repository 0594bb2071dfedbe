# Calling an alias makes an instance that knows it; a class with an alias among its bases.
import copy
import types


class Own(list):
    pass


class Slotted:
    __slots__ = ('value',)

    def __init__(self, value):
        self.value = value

    __class_getitem__ = classmethod(types.GenericAlias)


print(list[int]((1, 2)), dict[str, int](a=1), tuple[int]('ab'), set[int]())
print(Own[int]([3]), Own[int]().__orig_class__, Slotted[int](5).value)


def warm(alias, argument):
    return alias(argument)


for round in range(8):
    print(warm(list[int] if round < 6 else Own[str], 'ab'), end=' ')
print()


class Refuses:
    __class_getitem__ = classmethod(types.GenericAlias)

    def __setattr__(self, name, value):
        raise (TypeError if name[-1:] == '_' else ValueError)(name)


print(type(Refuses[int]()))
