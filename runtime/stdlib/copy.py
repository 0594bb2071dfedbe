"""Copies of any object: `copy` of the object alone, `deepcopy` of everything that it reaches."""

import weakref
from copyreg import dispatch_table
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

# What a copy of is the thing itself, whether deep or not.
_ATOMS = frozenset((type(None), int, float, bool, str, bytes, type, range, property,
                    BuiltinFunctionType, type(...), type(NotImplemented), FunctionType, CodeType, weakref.ref))
_SHARED = _ATOMS | {tuple, frozenset, slice}
_COPIERS = {list: list.copy, dict: dict.copy, set: set.copy}


def _reduce(x, cls, kind):
    """The parts of an object, or its name if it is a global."""
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, '__reduce_ex__', None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, '__reduce__', None)
    if reductor:
        return reductor()
    raise Error(f'un({kind})copyable object of type {cls}')


def copy(x):
    """A new object of the same class with the same contents."""
    cls = type(x)
    if cls in _SHARED:
        return x
    copier = _COPIERS.get(cls)
    if copier is not None:
        return copier(x)
    if issubclass(cls, type):
        return x
    copier = getattr(cls, '__copy__', None)
    if copier is not None:
        return copier(x)
    parts = _reduce(x, cls, 'shallow')
    return x if isinstance(parts, str) else _reconstruct(x, None, *parts)


_nothing = []


def deepcopy(x, memo=None, _nil=_nothing):
    """A copy that shares nothing changeable with x; `memo` maps the ids of what has been copied."""
    if memo is None:
        memo = {}
    key = id(x)
    y = memo.get(key, _nil)
    if y is not _nil:
        return y
    cls = type(x)
    if cls in _ATOMS:
        return x
    copier = _deep_copiers.get(cls)
    if copier is not None:
        y = copier(x, memo)
    elif issubclass(cls, type):
        return x
    else:
        copier = getattr(x, '__deepcopy__', None)
        if copier is not None:
            y = copier(memo)
        else:
            parts = _reduce(x, cls, 'deep')
            y = x if isinstance(parts, str) else _reconstruct(x, memo, *parts)
    if y is not x:
        memo[key] = y
        # The id may not become another object's while the memo is in use.
        try:
            memo[id(memo)].append(x)
        except KeyError:
            memo[id(memo)] = [x]
    return y


def _deepcopy_list(x, memo):
    y = []
    memo[id(x)] = y
    for item in x:
        y.append(deepcopy(item, memo))
    return y


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # The tuple may have come up inside itself.
    known = memo.get(id(x), _nothing)
    if known is not _nothing:
        return known
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _deepcopy_dict(x, memo):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deep_copiers = {list: _deepcopy_list, tuple: _deepcopy_tuple, dict: _deepcopy_dict,
                 MethodType: _deepcopy_method}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, *,
                 deepcopy=deepcopy):
    """Puts the parts of x together; a deep copy when there is a memo."""
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        _set_state(y, state)
    if listiter is not None:
        for item in listiter:
            y.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key = deepcopy(key, memo)
                value = deepcopy(value, memo)
            y[key] = value
    return y


def _set_state(y, state):
    if hasattr(y, '__setstate__'):
        y.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state is not None:
        y.__dict__.update(state)
    if slots is not None:
        for name, value in slots.items():
            setattr(y, name, value)
