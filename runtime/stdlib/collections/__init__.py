"""Container types beside the built-in ones."""

from _collections import (_caller_module, _count_elements, _deque_iterator,
                          _deque_reverse_iterator, _tuplegetter, defaultdict, deque)
from itertools import chain as _chain, repeat as _repeat, starmap as _starmap

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict',
           'deque', 'namedtuple']

_KEYWORDS = frozenset((
    'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue',
    'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import',
    'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while',
    'with', 'yield'))


# --- named tuples ----------------------------------------------------------------------------------

def _renamed(names):
    """Names that cannot be fields give way to their position."""
    seen = set()
    for index, name in enumerate(names):
        good = (name.isidentifier() and name not in _KEYWORDS and not name.startswith('_')
                and name not in seen)
        if not good:
            names[index] = f'_{index}'
        seen.add(name)
    return names


def _check_names(typename, names, rename):
    for name in [typename] + names:
        if type(name) is not str:
            raise TypeError('Type names and field names must be strings')
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if name in _KEYWORDS:
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    seen = set()
    for name in names:
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)


def _named_methods(typename, fields, new_tuple=tuple.__new__):
    """The methods of a named tuple that know its fields."""
    count = len(fields)
    form = '(' + ', '.join(f'{name}=%r' for name in fields) + ')'

    @classmethod
    def _make(cls, iterable):
        result = new_tuple(cls, iterable)
        if len(result) != count:
            raise TypeError(f'Expected {count} arguments, got {len(result)}')
        return result

    def _replace(self, /, **kwds):
        result = self._make(map(kwds.pop, fields, self))
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return result

    def __repr__(self):
        return self.__class__.__name__ + form % self

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        return tuple(self)

    methods = {'_make': _make, '_replace': _replace, '__repr__': __repr__, '_asdict': _asdict,
               '__getnewargs__': __getnewargs__}
    arguments = ', '.join(fields)
    docs = {'_make': f'Make a new {typename} object from a sequence or iterable',
            '_replace': f'Return a new {typename} object replacing specified fields with new values',
            '__repr__': 'Return a nicely formatted representation string',
            '_asdict': 'Return a new dict which maps field names to their values.',
            '__getnewargs__': 'Return self as a plain tuple.  Used by copy and pickle.'}
    for name, method in methods.items():
        function = method.__func__ if name == '_make' else method
        function.__qualname__ = f'{typename}.{name}'
        function.__doc__ = docs[name]
    if count == 1:
        arguments += ','
    names = {'_tuple_new': new_tuple, '__builtins__': {}, '__name__': f'namedtuple_{typename}'}
    __new__ = eval(f'lambda _cls, {arguments}: _tuple_new(_cls, ({arguments}))', names)
    __new__.__name__ = '__new__'
    __new__.__qualname__ = f'{typename}.__new__'
    __new__.__doc__ = f'Create new instance of {typename}({", ".join(fields)})'
    methods['__new__'] = __new__
    return methods


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A new subclass of tuple whose items have names, too.

    >>> Point = namedtuple('Point', ['x', 'y'])
    >>> Point(11, y=22).x
    11
    """
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    field_names = list(map(str, field_names))
    typename = str(typename)
    if rename:
        field_names = _renamed(field_names)
    _check_names(typename, field_names, rename)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(field_names):
            raise TypeError('Got more default values than field names')
        field_defaults = dict(reversed(list(zip(reversed(field_names), reversed(defaults)))))
    fields = tuple(field_names)
    methods = _named_methods(typename, fields)
    if defaults is not None:
        methods['__new__'].__defaults__ = defaults
    namespace = {'__doc__': f'{typename}({", ".join(fields)})', '__slots__': (), '_fields': fields,
                 '_field_defaults': field_defaults}
    for name in ('__new__', '_make', '_replace', '__repr__', '_asdict', '__getnewargs__'):
        namespace[name] = methods[name]
    namespace['__match_args__'] = fields
    for index, name in enumerate(fields):
        namespace[name] = _tuplegetter(index, f'Alias for field number {index}')
    result = type(typename, (tuple,), namespace)
    if module is None:
        module = _caller_module()
    if module is not None:
        result.__module__ = module
    return result


# --- OrderedDict -----------------------------------------------------------------------------------

_MISSING = object()


class OrderedDict(dict):
    """A dict whose order is part of what it is: of its value, and to be changed."""

    def __init__(self, /, *args, **kwds):
        if len(args) > 1:
            raise TypeError(f'expected at most 1 arguments, got {len(args)}')
        self.update(*args, **kwds)

    def update(self, /, *args, **kwds):
        if len(args) > 1:
            raise TypeError(
                f'update() takes at most 1 positional argument ({len(args)} given)')
        for other in args:
            if hasattr(other, 'keys'):
                for key in other.keys():
                    self[key] = other[key]
            else:
                for pair in other:
                    key, value = iter(pair)
                    self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def pop(self, key, default=_MISSING):
        """Takes out an entry; `default` where there is none."""
        return dict.pop(self, key) if default is _MISSING else dict.pop(self, key, default)

    def setdefault(self, key, default=None):
        return dict.setdefault(self, key, default)

    def popitem(self, last=True):
        """Takes out the last pair of key and value, or the first one."""
        if not self:
            raise KeyError('dictionary is empty')
        if last:
            return dict.popitem(self)
        key = next(dict.__iter__(self))
        return key, dict.pop(self, key)

    def move_to_end(self, key, last=True):
        """Makes an entry the last one, or the first."""
        if not dict.__contains__(self, key):
            raise KeyError(key)
        if last:
            dict.__setitem__(self, key, dict.pop(self, key))
            return
        key = next(own for own in dict.__iter__(self) if own is key or own == key)
        entries = [(key, dict.pop(self, key)), *dict.items(self)]
        dict.clear(self)
        dict.update(self, entries)

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __reduce__(self):
        return self.__class__, (), vars(self) or None, None, iter(self.items())

    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        if id(self) in _shown:
            return '...'
        _shown.add(id(self))
        try:
            return f'{self.__class__.__name__}({list(self.items())!r})'
        finally:
            _shown.discard(id(self))

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        equal = self == other
        return equal if equal is NotImplemented else not equal

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self


_shown = set()  # those whose repr is under way


# --- Counter ---------------------------------------------------------------------------------------

class Counter(dict):
    """A dict of items and how often each occurs; missing ones count as 0."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """Pairs of item and count, the most frequent first; all of them without `n`."""
        ordered = sorted(self.items(), key=_second, reverse=True)
        return ordered if n is None else ordered[:max(n, 0)]

    def elements(self):
        """An iterator that gives each item as often as its count says."""
        return _chain.from_iterable(_starmap(_repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError(
            'Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Adds counts, of a mapping or one for each item of an iterable."""
        if iterable is not None:
            if _is_mapping(iterable):
                if self:
                    get = self.get
                    for item, count in iterable.items():
                        self[item] = count + get(item, 0)
                else:
                    super().update(iterable)
            else:
                _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """As update(), but takes counts away; they may fall below 0."""
        if iterable is not None:
            get = self.get
            if _is_mapping(iterable):
                for item, count in iterable.items():
                    self[item] = get(item, 0) - count
            else:
                for item in iterable:
                    self[item] = get(item, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return self.__class__(self)

    def __reduce__(self):
        return (self.__class__, (dict(self),))

    def __delitem__(self, item):
        if item in self:
            super().__delitem__(item)

    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f'{self.__class__.__name__}({shown!r})'

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] == other[item] for both in (self, other) for item in both)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] <= other[item] for both in (self, other) for item in both)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] >= other[item] for both in (self, other) for item in both)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive({item: count + other[item] for item, count in self.items()},
                              {item: count for item, count in other.items() if item not in self})

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive({item: count - other[item] for item, count in self.items()},
                              {item: 0 - count for item, count in other.items()
                               if item not in self})

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = {}
        for item, count in self.items():
            of_other = other[item]
            result[item] = of_other if count < of_other else count
        return self._positive(result, {item: count for item, count in other.items()
                                       if item not in self})

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = {}
        for item, count in self.items():
            of_other = other[item]
            result[item] = count if count < of_other else of_other
        return self._positive(result, {})

    @staticmethod
    def _positive(*parts):
        result = Counter()
        for part in parts:
            for item, count in part.items():
                if count > 0:
                    result[item] = count
        return result

    def __pos__(self):
        return self._positive(self)

    def __neg__(self):
        return self._positive({item: 0 - count for item, count in self.items()})

    def _keep_positive(self):
        for item in [item for item, count in self.items() if not count > 0]:
            del self[item]
        return self

    def __iadd__(self, other):
        for item, count in other.items():
            self[item] += count
        return self._keep_positive()

    def __isub__(self, other):
        for item, count in other.items():
            self[item] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for item, count in other.items():
            if count > self[item]:
                self[item] = count
        return self._keep_positive()

    def __iand__(self, other):
        for item, count in self.items():
            of_other = other[item]
            if of_other < count:
                self[item] = of_other
        return self._keep_positive()


def __getattr__(name):
    """What needs the abstract base classes is made when it is asked for."""
    if name in ('ChainMap', 'UserDict', 'UserList', 'UserString'):
        from collections import _wrappers
        value = globals()[name] = getattr(_wrappers, name)
        return value
    raise AttributeError(f"module 'collections' has no attribute {name!r}")


def _second(pair):
    return pair[1]


def _is_mapping(value):
    if isinstance(value, dict):
        return True
    from _collections_abc import Mapping
    return isinstance(value, Mapping)
