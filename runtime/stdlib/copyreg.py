"""How objects are taken apart and put together again, for copies: what `__reduce_ex__` gives and the
functions that it names.

A reduced object is (callable, arguments, state, items to append, items to set), the last three
optional.
"""

__all__ = ['__newobj__', '__newobj_ex__', 'constructor', 'pickle']

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Makes a function the one that takes objects of a type apart."""
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def _reduce_union(union):
    return _unite, (union.__args__,)


def _unite(types):
    first, *others = types
    for other in others:
        first = first | other
    return first


pickle(type(int | str), _reduce_union)


def constructor(object):
    if not callable(object):
        raise TypeError('constructors must be callable')


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


# What a value of a built-in class is, apart from its attributes: arguments that make an equal one.
_PLAIN = ((int, lambda value: int.__add__(value, 0)), (float, float.__pos__),
          (str, lambda value: ''.join([value])), (bytes, bytes.__bytes__),
          (tuple, lambda value: tuple(list(value))))


def _slot_names(cls):
    """The names of all `__slots__` along the MRO, mangled."""
    names = []
    for base in cls.__mro__:
        declared = base.__dict__.get('__slots__', ())
        if isinstance(declared, str):
            declared = (declared,)
        for name in declared:
            if name in ('__dict__', '__weakref__'):
                continue
            if name.startswith('__') and not name.endswith('__'):
                stripped = base.__name__.lstrip('_')
                name = f'_{stripped}{name}' if stripped else name
            names.append(name)
    return names


def _state_of(value):
    """The attributes of an object: None, its dict, or that and a dict of its slots."""
    state = getattr(value, '__dict__', None) or None
    if isinstance(value, type):
        state = None
    slots = {}
    for name in _slot_names(type(value)):
        try:
            slots[name] = getattr(value, name)
        except AttributeError:
            pass
    return (state, slots) if slots else state


def _reduce_builtin(value, cls):
    """Objects of built-in classes that are made by a call; None for all others."""
    if isinstance(value, BaseException):
        state = getattr(value, '__dict__', None)
        return (cls, value.args, state) if state else (cls, value.args)
    if isinstance(value, (set, frozenset)):
        return cls, (list(value),), _state_of(value)
    if cls in (range, slice):
        return cls, (value.start, value.stop, value.step)
    return None


def _is_heap_type(cls):
    return bool(cls.__flags__ & 1 << 9)


def _layout_of(cls):
    """The nearest built-in class of the MRO."""
    for base in cls.__mro__:
        if not _is_heap_type(base):
            return base
    return object


def _reduce_object(value, protocol):
    """object.__reduce__: what protocols below 2 do."""
    cls = type(value)
    reduced = _reduce_builtin(value, cls)
    if reduced is not None:
        return reduced
    base = _layout_of(cls)
    if base is cls and base is not object:
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    state = None if base is object else base(value)
    attributes = value.__getstate__()
    arguments = (cls, base, state)
    return (_reconstructor, arguments, attributes) if attributes else (_reconstructor, arguments)


_COPIED = (object, int, float, str, bytes, tuple, list, dict)


def _arguments_for_new(value):
    """The function that makes an object without `__init__`, and its arguments."""
    cls = type(value)
    if hasattr(cls, '__getnewargs_ex__'):
        args, kwargs = value.__getnewargs_ex__()
        if kwargs:
            return __newobj_ex__, (cls, args, kwargs)
        return __newobj__, (cls, *args)
    if hasattr(cls, '__getnewargs__'):
        args = value.__getnewargs__()
        if not isinstance(args, tuple):
            raise TypeError(f'__getnewargs__ should return a tuple, not {type(args).__name__!r}')
        return __newobj__, (cls, *args)
    for base, plain in _PLAIN:
        if isinstance(value, base):
            return __newobj__, (cls, plain(value))
    return __newobj__, (cls,)


def _reduce_object_ex(value, protocol):
    """object.__reduce_ex__: the object's own `__reduce__`, or what protocols from 2 on do."""
    cls = type(value)
    if getattr(cls, '__reduce__', None) is not object.__reduce__:
        return value.__reduce__()
    if protocol < 2:
        return _reduce_object(value, protocol)
    reduced = _reduce_builtin(value, cls)
    if reduced is not None:
        return reduced
    own_state = getattr(cls, '__getstate__', None) is not object.__getstate__
    makes_own = hasattr(cls, '__getnewargs__') or hasattr(cls, '__getnewargs_ex__')
    if not own_state and not makes_own and _layout_of(cls) not in _COPIED:
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    function, arguments = _arguments_for_new(value)
    state = value.__getstate__()
    items = iter(value) if isinstance(value, list) else None
    pairs = iter(value.items()) if isinstance(value, dict) else None
    return function, arguments, state, items, pairs
