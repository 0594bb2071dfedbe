"""Classes that hold data: the methods that follow from their annotated attributes.

The methods of a class are compiled from one text, in the namespace of the class's module; what they
refer to besides (defaults, types) are parameters of a function around them.
"""

import abc
import sys
from copy import deepcopy
from types import FunctionType, MappingProxyType, MemberDescriptorType, new_class

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING',
           'fields', 'asdict', 'astuple', 'make_dataclass', 'replace', 'is_dataclass']

_KEYWORDS = frozenset((
    'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue',
    'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in',
    'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with',
    'yield'))


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _Kind:
    """What an annotated attribute is."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _Kind('_FIELD')
_FIELD_CLASSVAR = _Kind('_FIELD_CLASSVAR')
_FIELD_INITVAR = _Kind('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_NO_METADATA = MappingProxyType({})


def _once(function):
    """Makes a repr that gives '...' inside itself."""
    running = set()

    def wrapper(self):
        key = id(self)
        if key in running:
            return '...'
        running.add(key)
        try:
            return function(self)
        finally:
            running.discard(key)

    wrapper.__module__ = function.__module__
    wrapper.__name__ = function.__name__
    wrapper.__qualname__ = function.__qualname__
    wrapper.__doc__ = function.__doc__
    wrapper.__wrapped__ = function
    return wrapper


class InitVar:
    """The annotation of a parameter of `__init__` that is no attribute."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        shown = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{shown}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """An attribute of a dataclass."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare',
                 'metadata', 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _NO_METADATA if metadata is None else MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @_once
    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},'
                f'default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},'
                f'hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},'
                f'kw_only={self.kw_only!r},_field_type={self._field_type})')

    def __set_name__(self, owner, name):
        # A default that is a descriptor is told of its name as if it stood here itself.
        function = getattr(type(self.default), '__set_name__', None)
        if function:
            function(self.default, owner, name)

    def _has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING

    __class_getitem__ = classmethod(type(list[int]))


class _DataclassParams:

    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen

    def __repr__(self):
        return (f'_DataclassParams(init={self.init!r},repr={self.repr!r},eq={self.eq!r},'
                f'order={self.order!r},unsafe_hash={self.unsafe_hash!r},frozen={self.frozen!r})')


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    """Says more of an attribute than a default can."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# --- what an annotation means

def _leading_name(annotation):
    """The names of 'module.name...' or 'name...' at the beginning of a text, the module's maybe
    empty; None if there is none.
    """
    words = []
    rest = annotation
    while True:
        rest = rest.lstrip()
        size = 0
        while size < len(rest) and (rest[size].isalnum() or rest[size] == '_'):
            size += 1
        if size == 0:
            break
        words.append(rest[:size])
        rest = rest[size:].lstrip()
        if len(words) == 2 or not rest.startswith('.'):
            break
        rest = rest[1:]
    if not words:
        return None
    return ('', words[0]) if len(words) == 1 else (words[0], words[1])


def _means(annotation, cls, module, attribute_home, test):
    """Whether an annotation, or what it names if it is a text, passes a test."""
    if test(annotation):
        return True
    if not isinstance(annotation, str):
        return False
    found = _leading_name(annotation)
    if found is None:
        return False
    prefix, name = found
    home = sys.modules.get(cls.__module__)
    if not prefix:
        namespace = home.__dict__
    elif home and home.__dict__.get(prefix) is module:
        namespace = sys.modules.get(attribute_home).__dict__
    else:
        return False
    return test(namespace.get(name))


def _is_initvar(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _is_kw_only(annotation):
    return annotation is KW_ONLY


def _kind_of(cls, annotation):
    typing = sys.modules.get('typing')
    if typing:
        def is_classvar(found):
            return found is typing.ClassVar or (type(found) is typing._GenericAlias
                                                and found.__origin__ is typing.ClassVar)
        if _means(annotation, cls, typing, 'typing', is_classvar):
            return _FIELD_CLASSVAR
    if _means(annotation, cls, sys.modules[__name__], __name__, _is_initvar):
        return _FIELD_INITVAR
    return _FIELD


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        # A word of __slots__ is no default.
        made = field(default=MISSING if isinstance(default, MemberDescriptorType) else default)
    made.name = name
    made.type = annotation
    made._field_type = kind = _kind_of(cls, annotation)
    if kind is not _FIELD and made.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if kind is not _FIELD_CLASSVAR:
        if made.kw_only is MISSING:
            made.kw_only = kw_only
    elif made.kw_only is not MISSING:
        raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    if kind is _FIELD and made.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(made.default)} for field {name} is not allowed: '
                         'use default_factory')
    return made


# --- the text of methods

class _Methods:
    """Methods to be compiled together, and what they refer to."""

    def __init__(self):
        self.names = {}
        self.lines = []
        self.defined = []

    def add(self, name, parameters, body, returns=''):
        self.defined.append(name)
        self.lines.append(f' def {name}({",".join(parameters)}){returns}:')
        self.lines.extend('  ' + line for line in body)

    def compile(self, namespace):
        """The functions, by name."""
        if not self.defined:
            return {}
        text = '\n'.join([f'def __create_fn__({",".join(self.names)}):', *self.lines,
                          f' return ({",".join(self.defined)},)'])
        made = {}
        exec(text, namespace, made)
        return dict(zip(self.defined, made['__create_fn__'](**self.names)))


def _attribute_tuple(owner, members):
    if not members:
        return '()'
    return f'({",".join([f"{owner}.{member.name}" for member in members])},)'


def _parameter(member):
    if member.default is not MISSING:
        default = f'=_dflt_{member.name}'
    else:
        default = '' if member.default_factory is MISSING else '=_HAS_DEFAULT_FACTORY'
    return f'{member.name}:_type_{member.name}{default}'


def _initial_value(member, slots, names):
    """The text of what `__init__` gives a field; None if it gives nothing."""
    default = f'_dflt_{member.name}'
    if member.default_factory is not MISSING:
        names[default] = member.default_factory
        if not member.init:
            return f'{default}()'
        return f'{default}() if {member.name} is _HAS_DEFAULT_FACTORY else {member.name}'
    if member.default is not MISSING and (member.init or slots):
        names[default] = member.default
    if member.init:
        return member.name
    return default if slots and member.default is not MISSING else None


def _add_init(methods, all_fields, positional, kw_only, frozen, has_post_init, slots):
    seen_default = False
    for member in positional:
        if member._has_default():
            seen_default = True
        elif seen_default:
            raise TypeError(f'non-default argument {member.name!r} follows default argument')
    own = '__dataclass_self__' if any(member.name == 'self' for member in all_fields) else 'self'
    names = methods.names
    for member in all_fields:
        names[f'_type_{member.name}'] = member.type
    names.update(_HAS_DEFAULT_FACTORY=_HAS_DEFAULT_FACTORY, __dataclass_builtins_object__=object,
                 _return_type=None)
    body = []
    for member in all_fields:
        value = _initial_value(member, slots, names)
        if value is None or member._field_type is _FIELD_INITVAR:
            continue
        if frozen:
            body.append('__dataclass_builtins_object__.__setattr__('
                        f'{own},{member.name!r},{value})')
        else:
            body.append(f'{own}.{member.name}={value}')
    if has_post_init:
        given = [member.name for member in all_fields if member._field_type is _FIELD_INITVAR]
        body.append(f'{own}.__post_init__({",".join(given)})')
    parameters = [own, *map(_parameter, positional)]
    if kw_only:
        parameters += ['*', *map(_parameter, kw_only)]
    methods.add('__init__', parameters, body or ['pass'], '->_return_type')


def _add_comparison(methods, name, operator, members):
    methods.add(name, ('self', 'other'),
                ('if other.__class__ is self.__class__:',
                 f' return {_attribute_tuple("self", members)}{operator}'
                 f'{_attribute_tuple("other", members)}',
                 'return NotImplemented'))


def _add_frozen(methods, cls, members):
    methods.names.update(cls=cls, FrozenInstanceError=FrozenInstanceError)
    names = tuple([member.name for member in members])
    for name, parameters, verb in (('__setattr__', ('self', 'name', 'value'), 'assign to'),
                                   ('__delattr__', ('self', 'name'), 'delete')):
        methods.add(name, parameters,
                    (f'if type(self) is cls or name in {names!r}:',
                     f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
                     f'super(cls, self).{name}({",".join(parameters[1:])})'))


_ORDER = {'__lt__': '<', '__le__': '<=', '__gt__': '>', '__ge__': '>='}


def _set_new(cls, name, value):
    """Adds an attribute to a class that has none of its own of that name; true if it has one."""
    if name in cls.__dict__:
        return True
    if isinstance(value, FunctionType):
        value.__qualname__ = f'{cls.__qualname__}.{value.__name__}'
    setattr(cls, name, value)
    return False


# --- the class

def _collect_fields(cls, kw_only, frozen):
    """All fields of a class, those of its bases first; puts defaults where fields stood."""
    found = {}
    frozen_base = has_base = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is None:
            continue
        has_base = True
        found.update({member.name: member for member in inherited.values()})
        frozen_base = frozen_base or getattr(base, _PARAMS).frozen
    annotations = cls.__dict__.get('__annotations__', {})
    own = []
    seen_kw_only = False
    module = sys.modules[__name__]
    for name, annotation in annotations.items():
        if _means(annotation, cls, module, __name__, _is_kw_only):
            if seen_kw_only:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            seen_kw_only = kw_only = True
        else:
            own.append(_make_field(cls, name, annotation, kw_only))
    for member in own:
        found[member.name] = member
        if isinstance(getattr(cls, member.name, None), Field):
            if member.default is MISSING:
                delattr(cls, member.name)
            else:
                setattr(cls, member.name, member.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if has_base and frozen_base and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if has_base and not frozen_base and frozen:
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return found


def _hash_rule(unsafe_hash, eq, frozen, has_own):
    """What becomes of `__hash__`: 'keep', 'none', 'add' or 'refuse'."""
    if unsafe_hash:
        return 'refuse' if has_own else 'add'
    if has_own or not eq:
        return 'keep'
    return 'add' if frozen else 'none'


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                   weakref_slot):
    home = sys.modules.get(cls.__module__)
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    found = _collect_fields(cls, kw_only, frozen)
    setattr(cls, _FIELDS, found)
    own_hash = cls.__dict__.get('__hash__', MISSING)
    has_own_hash = not (own_hash is MISSING or own_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    of_init = [member for member in found.values() if member._field_type is not _FIELD_CLASSVAR]
    positional = [member for member in of_init if member.init and not member.kw_only]
    keyword = [member for member in of_init if member.init and member.kw_only]
    attributes = [member for member in found.values() if member._field_type is _FIELD]
    compared = [member for member in attributes if member.compare]
    rule = _hash_rule(unsafe_hash, eq, frozen, has_own_hash)

    methods = _Methods()
    if init:
        _add_init(methods, of_init, positional, keyword, frozen, hasattr(cls, '__post_init__'), slots)
    if repr:
        shown = ', '.join([f'{member.name}={{self.{member.name}!r}}'
                           for member in attributes if member.repr])
        methods.add('__repr__', ('self',),
                    (f'return self.__class__.__qualname__ + f"({shown})"',))
    if eq:
        _add_comparison(methods, '__eq__', '==', compared)
    if order:
        for name, operator in _ORDER.items():
            _add_comparison(methods, name, operator, compared)
    if frozen:
        _add_frozen(methods, cls, attributes)
    if rule == 'add':
        hashed = [member for member in attributes
                  if (member.compare if member.hash is None else member.hash)]
        methods.add('__hash__', ('self',), (f'return hash({_attribute_tuple("self", hashed)})',))
    made = methods.compile({} if home is None else home.__dict__)
    _add_methods(cls, made, rule)

    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + _signature(cls)
    if match_args:
        _set_new(cls, '__match_args__', tuple([member.name for member in positional]))
    if weakref_slot and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _add_methods(cls, made, hash_rule):
    for name, function in made.items():
        if name == '__hash__':
            continue
        if name == '__repr__':
            function = _once(function)
        if not _set_new(cls, name, function):
            continue
        if name in _ORDER:
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider '
                            'using functools.total_ordering')
        if name in ('__setattr__', '__delattr__'):
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
    if hash_rule == 'refuse':
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if hash_rule == 'none':
        cls.__hash__ = None
    elif hash_rule == 'add':
        function = made['__hash__']
        function.__qualname__ = f'{cls.__qualname__}.__hash__'
        cls.__hash__ = function


def _show_annotation(annotation):
    if isinstance(annotation, type) and not hasattr(annotation, '__origin__'):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


def _signature(cls):
    """The parameters of a class, as documentation shows them."""
    for base in cls.__mro__:
        function = base.__dict__.get('__new__') or base.__dict__.get('__init__')
        function = getattr(function, '__func__', function)
        if isinstance(function, FunctionType):
            break
    else:
        return '()'
    code = function.__code__
    annotations = function.__annotations__
    names = code.co_varnames
    count = code.co_argcount
    defaults = function.__defaults__ or ()
    values = dict(zip(names[count - len(defaults):count], defaults))
    values.update(function.__kwdefaults__ or {})

    def show(name, prefix=''):
        shown = prefix + name
        if name in annotations:
            shown += f': {_show_annotation(annotations[name])}'
        if name in values:
            shown += (' = ' if name in annotations else '=') + repr(values[name])
        return shown

    parts = []
    for k in range(count):
        if k > 0:
            parts.append(show(names[k]))
        if k + 1 == code.co_posonlyargcount and k > 0:
            parts.append('/')
    rest = count + code.co_kwonlyargcount
    has_args = bool(code.co_flags & 4)
    if has_args:
        parts.append(show(names[rest], '*'))
    elif code.co_kwonlyargcount:
        parts.append('*')
    parts.extend([show(names[k]) for k in range(count, rest)])
    if code.co_flags & 8:
        parts.append(show(names[rest + has_args], '**'))
    returns = annotations.get('return')
    arrow = '' if returns is None else f' -> {_show_annotation(returns)}'
    return f'({", ".join(parts)}){arrow}'


def _dataclass_getstate(self):
    return [getattr(self, member.name) for member in fields(self)]


def _dataclass_setstate(self, state):
    for member, value in zip(fields(self), state):
        object.__setattr__(self, member.name, value)


def _slots_of(cls):
    declared = cls.__dict__.get('__slots__')
    if declared is None:
        return ()
    if isinstance(declared, str):
        return (declared,)
    if hasattr(declared, '__next__'):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return declared


def _with_slots(cls, frozen, weakref_slot):
    """The class again, with `__slots__`."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    names = [member.name for member in fields(cls)]
    inherited = {name for base in cls.__mro__[1:-1] for name in _slots_of(base)}
    wanted = [*names, '__weakref__'] if weakref_slot else names
    namespace['__slots__'] = tuple([name for name in wanted if name not in inherited])
    for name in names:
        namespace.pop(name, None)
    namespace.pop('__dict__', None)
    namespace.pop('__weakref__', None)
    qualified_name = cls.__qualname__
    cls = type(cls)(cls.__name__, cls.__bases__, namespace)
    cls.__qualname__ = qualified_name
    if frozen:
        cls.__getstate__ = _dataclass_getstate
        cls.__setstate__ = _dataclass_setstate
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Adds to a class the methods that follow from its annotations."""

    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only,
                              slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass, as a tuple."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([member for member in found.values() if member._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether it is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _unfold(obj, fold):
    """`fold` of the names and unfolded values of a dataclass's instance; copies of anything else."""
    if _is_dataclass_instance(obj):
        return fold([(member.name, _unfold(getattr(obj, member.name), fold))
                     for member in fields(obj)])
    cls = type(obj)
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return cls(*[_unfold(item, fold) for item in obj])
    if isinstance(obj, (list, tuple)):
        return cls(_unfold(item, fold) for item in obj)
    if isinstance(obj, dict):
        return cls((_unfold(key, fold), _unfold(value, fold)) for key, value in obj.items())
    return deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """Names and values of an instance's fields, those of instances inside it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _unfold(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    """The values of an instance's fields, those of instances inside it too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _unfold(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True,
                   order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
                   slots=False, weakref_slot=False):
    """A dataclass from names, pairs of name and type, or triples with a field or default."""
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, 'typing.Any'
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[item[0]] = item
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if name in _KEYWORDS:
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = annotation

    def fill(body):
        body.update({} if namespace is None else namespace)
        body.update(defaults)
        body['__annotations__'] = annotations

    cls = new_class(cls_name, bases, {}, fill)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash,
                     frozen=frozen, match_args=match_args, kw_only=kw_only, slots=slots,
                     weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new instance whose fields are those of another, but for what is given."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for member in getattr(obj, _FIELDS).values():
        if member._field_type is _FIELD_CLASSVAR:
            continue
        if not member.init:
            if member.name in changes:
                raise ValueError(f'field {member.name} is declared with init=False, it cannot be '
                                 'specified with replace()')
        elif member.name not in changes:
            if member._field_type is _FIELD_INITVAR and member.default is MISSING:
                raise ValueError(f'InitVar {member.name!r} must be specified with replace()')
            changes[member.name] = getattr(obj, member.name)
    return obj.__class__(**changes)
