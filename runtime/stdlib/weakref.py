"""Weak references, proxies, and containers that do not keep what they hold alive.

While a container is iterated over, entries that die are only noted; they are removed when the last
iteration has ended.
"""

import atexit
from _weakref import (CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs,
                      proxy, ref)

ProxyTypes = (ProxyType, CallableProxyType)

__all__ = ['CallableProxyType', 'KeyedRef', 'ProxyType', 'ProxyTypes', 'ReferenceType',
           'WeakKeyDictionary', 'WeakMethod', 'WeakSet', 'WeakValueDictionary', 'finalize',
           'getweakrefcount', 'getweakrefs', 'proxy', 'ref']

_absent = object()


class WeakMethod(ref):
    """A reference to a bound method, alive for as long as its object and its function are."""

    __slots__ = ('_function', '_kind', '_alive', '__weakref__')

    def __new__(cls, method, callback=None):
        try:
            owner = method.__self__
            function = method.__func__
        except AttributeError:
            raise TypeError(f'argument should be a bound method, not {type(method)}') from None
        own = None

        def died(_):
            reference = own()
            if reference is not None and reference._alive:
                reference._alive = False
                if callback is not None:
                    callback(reference)

        self = ref.__new__(cls, owner, died)
        self._function = ref(function, died)
        self._kind = type(method)
        self._alive = True
        own = ref(self)
        return self

    def __init__(self, method, callback=None):
        pass

    def __call__(self):
        owner = ref.__call__(self)
        function = self._function()
        if owner is None or function is None:
            return None
        return self._kind(function, owner)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __ne__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        return not self == other

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A reference that knows its key in a WeakValueDictionary."""

    __slots__ = ('key',)

    def __new__(cls, referent, callback, key):
        self = ref.__new__(cls, referent, callback)
        self.key = key
        return self

    def __init__(self, referent, callback, key):
        ref.__init__(self, referent, callback)


class _Iterating:
    """With-block during which a container keeps its dead entries."""

    __slots__ = ('owner',)

    def __init__(self, owner):
        self.owner = owner

    def __enter__(self):
        self.owner._iterations += 1

    def __exit__(self, kind, value, traceback):
        self.owner._iterations -= 1
        if not self.owner._iterations:
            self.owner._commit()


class _WeakDictionary:
    """What both weak dictionaries share: `data` maps keys to values, one of the two by reference."""

    def __init__(self, other=(), /, **keywords):
        self.data = {}
        self._iterations = 0
        self._dead = []
        owner = ref(self)

        def remove(reference):
            self = owner()
            if self is None:
                return
            if self._iterations:
                self._dead.append(reference)
            else:
                self._remove(reference)

        self._removed = remove
        self.update(other, **keywords)

    def _commit(self):
        while self._dead:
            self._remove(self._dead.pop())

    def __len__(self):
        return len(self.data) - len(self._dead)

    def __iter__(self):
        for key, _ in self.items():
            yield key

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def update(self, other=(), /, **keywords):
        if hasattr(other, 'items'):
            other = other.items()
        elif hasattr(other, 'keys'):
            other = [(key, other[key]) for key in other.keys()]
        for key, value in other:
            self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def setdefault(self, key, default=None):
        value = self.get(key, _absent)
        if value is _absent:
            self[key] = value = default
        return value

    def clear(self):
        while self.data:
            self.data.popitem()

    def copy(self):
        made = type(self)()
        made.update(self)
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        made = type(self)()
        for key, value in self.items():
            made[self._deep_key(key, memo, deepcopy)] = self._deep_value(value, memo, deepcopy)
        return made

    def __eq__(self, other):
        if not isinstance(other, (_WeakDictionary, dict)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None

    def __or__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not hasattr(other, 'keys'):
            return NotImplemented
        made = type(self)(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x}>'


class WeakValueDictionary(_WeakDictionary):
    """A dictionary whose entries vanish when their value dies."""

    def _remove(self, reference):
        if self.data.get(reference.key) is reference:
            del self.data[reference.key]

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._removed, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def items(self):
        with _Iterating(self):
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    yield key, value

    def itervaluerefs(self):
        with _Iterating(self):
            yield from self.data.values()

    def valuerefs(self):
        return list(self.data.values())

    def pop(self, key, *default):
        if len(default) > 1:
            raise TypeError(f'pop expected at most 2 arguments, got {len(default) + 1}')
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is not None:
            return value
        if default:
            return default[0]
        raise KeyError(key)

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def _deep_key(self, key, memo, deepcopy):
        return deepcopy(key, memo)

    def _deep_value(self, value, memo, deepcopy):
        return value

    __class_getitem__ = classmethod(type(list[int]))


class WeakKeyDictionary(_WeakDictionary):
    """A dictionary whose entries vanish when their key dies."""

    def __init__(self, other=None, /):
        _WeakDictionary.__init__(self, () if other is None else other)

    def _remove(self, reference):
        self.data.pop(reference, None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._removed)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def items(self):
        with _Iterating(self):
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    yield key, value

    def keyrefs(self):
        return list(self.data)

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._removed), default)

    def _deep_key(self, key, memo, deepcopy):
        return key

    def _deep_value(self, value, memo, deepcopy):
        return deepcopy(value, memo)

    __class_getitem__ = classmethod(type(list[int]))


class WeakSet:
    """A set whose elements vanish when they die."""

    __module__ = '_weakrefset'

    def __init__(self, data=None):
        self.data = set()
        self._iterations = 0
        self._dead = []
        owner = ref(self)

        def remove(reference):
            self = owner()
            if self is None:
                return
            if self._iterations:
                self._dead.append(reference)
            else:
                self.data.discard(reference)

        self._removed = remove
        if data is not None:
            self.update(data)

    def _commit(self):
        while self._dead:
            self.data.discard(self._dead.pop())

    def __iter__(self):
        with _Iterating(self):
            for reference in self.data:
                item = reference()
                if item is not None:
                    yield item

    def __len__(self):
        return len(self.data) - len(self._dead)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def add(self, item):
        self.data.add(ref(item, self._removed))

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def pop(self):
        while True:
            try:
                reference = self.data.pop()
            except KeyError:
                raise KeyError('pop from empty WeakSet') from None
            item = reference()
            if item is not None:
                return item

    def remove(self, item):
        self.data.remove(ref(item))

    def discard(self, item):
        self.data.discard(ref(item))

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        return self._like(item for item in self if item not in other)

    __sub__ = difference

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def intersection(self, other):
        return self._like(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        kept = self.intersection(other)
        self.data.clear()
        self.update(kept)

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def union(self, other):
        made = self.copy()
        made.update(other)
        return made

    __or__ = union

    def symmetric_difference(self, other):
        made = self.difference(other)
        made.update(item for item in other if item not in self)
        return made

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        changed = self.symmetric_difference(other)
        self.data.clear()
        self.update(changed)

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def _like(self, items):
        return type(self)(items)

    def _references(self, other):
        return {ref(item) for item in other}

    def issubset(self, other):
        return self.data <= self._references(other)

    __le__ = issubset

    def __lt__(self, other):
        return self.data < self._references(other)

    def issuperset(self, other):
        return self.data >= self._references(other)

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > self._references(other)

    def __eq__(self, other):
        if not isinstance(other, WeakSet):
            return NotImplemented
        return self.data == self._references(other)

    __hash__ = None

    def isdisjoint(self, other):
        return not any(item in self for item in other)

    def __repr__(self):
        return repr(self.data)

    __class_getitem__ = classmethod(type(list[int]))


class finalize:
    """Calls a function once: when an object dies, when called, or at the end of the program."""

    __slots__ = ()

    _registry = {}
    _count = 0
    _at_exit = False

    class _Info:
        __slots__ = ('reference', 'function', 'args', 'kwargs', 'atexit', 'index')

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._at_exit:
            atexit.register(finalize._run_all)
            finalize._at_exit = True
        info = finalize._Info()
        info.reference = ref(obj, self)
        info.function = func
        info.args = args
        info.kwargs = kwargs or None
        info.atexit = True
        info.index = finalize._count
        finalize._count += 1
        finalize._registry[self] = info

    def __call__(self, _=None):
        """If alive, marks as dead and returns the function's result; otherwise returns None."""
        info = finalize._registry.pop(self, None)
        if info is not None:
            return info.function(*info.args, **(info.kwargs or {}))

    def detach(self):
        """If alive, marks as dead and returns (obj, func, args, kwargs); otherwise None."""
        info = finalize._registry.get(self)
        obj = info and info.reference()
        if obj is not None and finalize._registry.pop(self, None):
            return obj, info.function, info.args, info.kwargs or {}

    def peek(self):
        """If alive, returns (obj, func, args, kwargs); otherwise returns None."""
        info = finalize._registry.get(self)
        obj = info and info.reference()
        if obj is not None:
            return obj, info.function, info.args, info.kwargs or {}

    @property
    def alive(self):
        return self in finalize._registry

    @property
    def atexit(self):
        info = finalize._registry.get(self)
        return bool(info) and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = finalize._registry.get(self)
        if info:
            info.atexit = bool(value)

    def __repr__(self):
        info = finalize._registry.get(self)
        obj = info and info.reference()
        if obj is None:
            return f'<{type(self).__name__} object at {id(self):#x}; dead>'
        return (f'<{type(self).__name__} object at {id(self):#x}; '
                f'for {type(obj).__name__!r} at {id(obj):#x}>')

    @classmethod
    def _run_all(cls):
        """Newest first; those made meanwhile too."""
        while True:
            waiting = [(info.index, key) for key, info in cls._registry.items() if info.atexit]
            if not waiting:
                return
            waiting.sort(key=lambda entry: entry[0])
            waiting[-1][1]()
