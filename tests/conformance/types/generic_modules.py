# Classes of the modules that can be parametrised.
import collections
import collections.abc as abc
import contextlib
import dataclasses
import functools
import itertools
import os
import types
import weakref

for cls in (collections.deque, collections.defaultdict, collections.OrderedDict,
            collections.Counter, collections.ChainMap, collections.UserDict, collections.UserList,
            functools.partial, functools.partialmethod, functools.cached_property, itertools.chain,
            contextlib.AbstractContextManager, os.PathLike, weakref.ref, weakref.WeakSet,
            weakref.WeakKeyDictionary, types.MappingProxyType, dataclasses.Field,
            BaseExceptionGroup, ExceptionGroup, abc.Iterable, abc.Iterator, abc.Generator,
            abc.Container, abc.Collection, abc.Set, abc.Mapping, abc.MutableMapping, abc.Sequence,
            abc.KeysView, abc.Awaitable, abc.AsyncIterator, abc.Reversible):
    print(cls[int], cls[int].__origin__ is cls, type(cls[int]).__name__)
print(collections.deque[int]([1, 2]), collections.defaultdict[str, list](list))
print(abc.Callable[[int, str], float], abc.Callable[..., int], abc.Callable[[], None])
print(abc.Callable[[int, str], float].__args__, abc.Callable[[int], list[int]] | None)
for key in (int, (int,), (int, str), (int, int, int)):
    try:
        print(abc.Callable[key])
    except TypeError as error:
        print(error)
for cls in (abc.Sized, abc.Hashable, range, str, slice, map, types.SimpleNamespace):
    try:
        print(cls[int])
    except TypeError as error:
        print(error)


class Items(abc.Sequence[int]):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return (10, 20)[index]


print(list(Items()), Items.__orig_bases__, isinstance(Items(), abc.Sequence))
