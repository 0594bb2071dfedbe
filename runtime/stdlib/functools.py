"""Functions and decorators that work on functions."""

from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
from abc import get_cache_token
from collections import namedtuple

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering',
           'cache', 'cmp_to_key', 'lru_cache', 'reduce', 'partial', 'partialmethod',
           'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


# --- wrappers --------------------------------------------------------------------------------------

def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Gives `wrapper` the name, the documentation and the attributes of what it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """update_wrapper() as a decorator."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# --- order from one comparison ---------------------------------------------------------------------

def _not(result):
    return NotImplemented if result is NotImplemented else not result


def _gt_from_lt(self, other):
    """a > b as not a < b and a != b."""
    result = type(self).__lt__(self, other)
    return result if result is NotImplemented else not result and self != other


def _le_from_lt(self, other):
    """a <= b as a < b or a == b."""
    result = type(self).__lt__(self, other)
    return result if result is NotImplemented else result or self == other


def _ge_from_lt(self, other):
    """a >= b as not a < b."""
    return _not(type(self).__lt__(self, other))


def _ge_from_le(self, other):
    """a >= b as not a <= b or a == b."""
    result = type(self).__le__(self, other)
    return result if result is NotImplemented else not result or self == other


def _lt_from_le(self, other):
    """a < b as a <= b and a != b."""
    result = type(self).__le__(self, other)
    return result if result is NotImplemented else result and self != other


def _gt_from_le(self, other):
    """a > b as not a <= b."""
    return _not(type(self).__le__(self, other))


def _lt_from_gt(self, other):
    """a < b as not a > b and a != b."""
    result = type(self).__gt__(self, other)
    return result if result is NotImplemented else not result and self != other


def _ge_from_gt(self, other):
    """a >= b as a > b or a == b."""
    result = type(self).__gt__(self, other)
    return result if result is NotImplemented else result or self == other


def _le_from_gt(self, other):
    """a <= b as not a > b."""
    return _not(type(self).__gt__(self, other))


def _le_from_ge(self, other):
    """a <= b as not a >= b or a == b."""
    result = type(self).__ge__(self, other)
    return result if result is NotImplemented else not result or self == other


def _gt_from_ge(self, other):
    """a > b as a >= b and a != b."""
    result = type(self).__ge__(self, other)
    return result if result is NotImplemented else result and self != other


def _lt_from_ge(self, other):
    """a < b as not a >= b."""
    return _not(type(self).__ge__(self, other))


_derived = {
    '__lt__': (('__gt__', _gt_from_lt), ('__le__', _le_from_lt), ('__ge__', _ge_from_lt)),
    '__le__': (('__ge__', _ge_from_le), ('__lt__', _lt_from_le), ('__gt__', _gt_from_le)),
    '__gt__': (('__lt__', _lt_from_gt), ('__ge__', _ge_from_gt), ('__le__', _le_from_gt)),
    '__ge__': (('__le__', _le_from_ge), ('__gt__', _gt_from_ge), ('__lt__', _lt_from_ge)),
}


def total_ordering(cls):
    """Completes a class that defines one of <, <=, >, >= (and ==) with the others."""
    own = {name for name in _derived
           if getattr(cls, name, None) is not getattr(object, name, None)}
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    # __lt__ before __le__ before __gt__ before __ge__
    root = max(own)
    for name, function in _derived[root]:
        if name not in own:
            function.__name__ = name
            setattr(cls, name, function)
    return cls


# --- partial methods -------------------------------------------------------------------------------

class partialmethod:
    """A method with some arguments of another callable given in advance."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            self.func = func.func
            self.args = func.args + args
            self.keywords = {**func.keywords, **keywords}
        else:
            self.func = func
            self.args = args
            self.keywords = keywords

    def __repr__(self):
        cls = self.__class__
        args = ', '.join(map(repr, self.args))
        keywords = ', '.join(f'{name}={value!r}' for name, value in self.keywords.items())
        return f'{cls.__module__}.{cls.__qualname__}({self.func}, {args}, {keywords})'

    def _unbound(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, '__get__', None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._unbound().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)

    __class_getitem__ = classmethod(type(list[int]))


# --- caches ----------------------------------------------------------------------------------------

_CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])


def lru_cache(maxsize=128, typed=False):
    """Remembers the results of the last calls, up to `maxsize` of them, or all with None.

    With `typed`, arguments of different types differ, as 3 and 3.0 do.
    """
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """lru_cache without a limit."""
    return lru_cache(maxsize=None)(user_function)


_absent = object()


class cached_property:
    """An attribute whose method runs once; its result then stands in the instance's dict."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError(
                'Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            known = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to "
                            f'cache {self.attrname!r} property.') from None
        value = known.get(self.attrname, _absent)
        if value is not _absent:
            return value
        value = self.func(instance)
        try:
            known[self.attrname] = value
        except TypeError:
            raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                            'does not support item assignment for caching '
                            f'{self.attrname!r} property.') from None
        return value

    __class_getitem__ = classmethod(type(list[int]))


# --- single dispatch -------------------------------------------------------------------------------

def _merged(sequences):
    """The C3 merge of several orders of classes."""
    result = []
    while True:
        sequences = [sequence for sequence in sequences if sequence]
        if not sequences:
            return result
        for sequence in sequences:
            candidate = sequence[0]
            if not any(candidate in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError('Inconsistent hierarchy')
        result.append(candidate)
        for sequence in sequences:
            if sequence[0] is candidate:
                del sequence[0]


def _c3_mro(cls, abcs=()):
    """The MRO of a class with abstract bases in it that it is registered with.

    They stand behind the last explicit base that brings them in.
    """
    for index in range(len(cls.__bases__), 0, -1):
        if hasattr(cls.__bases__[index - 1], '__abstractmethods__'):
            boundary = index
            break
    else:
        boundary = 0
    abcs = list(abcs)
    explicit = list(cls.__bases__[:boundary])
    others = list(cls.__bases__[boundary:])
    abstract = [base for base in abcs
                if issubclass(cls, base)
                and not any(issubclass(other, base) for other in cls.__bases__)]
    for base in abstract:
        abcs.remove(base)
    parts = [_c3_mro(base, abcs) for base in explicit + abstract + others]
    return _merged([[cls]] + parts + [explicit] + [abstract] + [others])


def _compose_mro(cls, types):
    """The MRO of a class with those of `types` in it that it is a virtual subclass of."""
    real = set(cls.__mro__)

    def is_related(other):
        return (other not in real and hasattr(other, '__mro__')
                and not isinstance(other, _generic_alias) and issubclass(cls, other))

    related = [other for other in types if is_related(other)]
    related = [other for other in related
               if not any(other in deeper.__mro__ for deeper in related if deeper is not other)]
    wanted = set(types)
    mro = []
    for other in related:
        found = []
        for subclass in other.__subclasses__():
            if subclass not in real and issubclass(cls, subclass):
                found.append([base for base in subclass.__mro__ if base in wanted])
        if not found:
            mro.append(other)
            continue
        found.sort(key=len, reverse=True)
        for bases in found:
            for base in bases:
                if base not in mro:
                    mro.append(base)
    return _c3_mro(cls, abcs=mro)


_generic_alias = type(list[int])


def _find_implementation(cls, registry):
    match = None
    for candidate in _compose_mro(cls, registry.keys()):
        if match is not None:
            # A virtual base may not stand beside another one that fits as well.
            if (candidate in registry and candidate not in cls.__mro__
                    and match not in cls.__mro__ and not issubclass(match, candidate)):
                raise RuntimeError(f'Ambiguous dispatch: {match} or {candidate}')
            break
        if candidate in registry:
            match = candidate
    return registry.get(match)


def _annotated_class(func):
    """The name and the class of the first annotated argument."""
    for name, annotation in func.__annotations__.items():
        if isinstance(annotation, str):
            annotation = eval(annotation, func.__globals__)
        return name, type(None) if annotation is None else annotation


def _members_of(cls):
    """The members of a union of any kind, or `cls` alone."""
    import sys
    typing = sys.modules.get('typing')
    of_typing = typing is not None and getattr(cls, '__origin__', None) is typing.Union
    return cls.__args__ if of_typing or isinstance(cls, type(int | str)) else (cls,)


def _all_classes(members):
    return all(isinstance(member, type) for member in members)


def singledispatch(func):
    """A function with an implementation for each class of its first argument."""
    from weakref import WeakKeyDictionary
    registry = {}
    known = WeakKeyDictionary()
    token = None

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal token
        if token is not None and token != get_cache_token():
            known.clear()
            token = get_cache_token()
        try:
            return known[cls]
        except KeyError:
            pass
        try:
            found = registry[cls]
        except KeyError:
            found = _find_implementation(cls, registry)
        known[cls] = found
        return found

    def register(cls, func=None):
        """Adds an implementation; a decorator, for an annotated function or with its class."""
        nonlocal token
        members = _members_of(cls)
        if _all_classes(members):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError('Invalid first argument to `register()`. '
                                f'{cls!r} is not a class or union type.')
            if not getattr(cls, '__annotations__', {}):
                raise TypeError(f'Invalid first argument to `register()`: {cls!r}. '
                                'Use either `@register(some_class)` or plain `@register` '
                                'on an annotated function.')
            func = cls
            name, cls = _annotated_class(func)
            members = _members_of(cls)
            if not _all_classes(members):
                fault = 'is not a class.' if members == (cls,) else 'not all arguments are classes.'
                raise TypeError(f'Invalid annotation for {name!r}. {cls!r} {fault}')
        for member in members:
            registry[member] = func
        if token is None and hasattr(cls, '__abstractmethods__'):
            token = get_cache_token()
        known.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, '__name__', 'singledispatch function')
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = type(type.__dict__)(registry)
    wrapper._clear_cache = known.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """singledispatch for methods: by the class of the first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Adds an implementation for a class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
