# A class with an alias among its bases; a class of aliases.
import copy
import types


class Slotted:
    __slots__ = ('value',)
    __class_getitem__ = classmethod(types.GenericAlias)


class A(list[int]):
    pass


class B(A):
    pass


class C(Slotted[int]):
    __slots__ = ()


print(A.__bases__, A.__orig_bases__, A.__mro__, A([1]), B.__orig_bases__, C.__bases__)
print(types.new_class('D', (list[int],)).__orig_bases__, types.resolve_bases((list[int], object)))
print(copy.copy(list[int]), copy.deepcopy(dict[str, A]) == dict[str, A], copy.copy(int | None))
try:
    type('E', (list[int],), {})
except TypeError as error:
    print(error)


class Alias(types.GenericAlias):
    def describe(self):
        return 'described'


print(Alias(list, int), type(Alias(list, int)), Alias(list, int) == list[int])
try:
    print(Alias(list, int).describe())
except AttributeError as error:
    print(error)
