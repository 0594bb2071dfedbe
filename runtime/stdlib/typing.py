"""Names for annotations. Nothing here checks a value: the forms keep what they were given, print it as
it is written, and pass for a class where one is called, inherited from or asked with isinstance().

There are no protocols and no parameter specifications.
"""

import collections
import collections.abc
import contextlib
import sys
import types

__all__ = ['AbstractSet', 'Annotated', 'Any', 'AnyStr', 'AsyncContextManager', 'AsyncGenerator',
           'AsyncIterable', 'AsyncIterator', 'Awaitable', 'ByteString', 'Callable', 'ChainMap',
           'ClassVar', 'Collection', 'Container', 'ContextManager', 'Coroutine', 'Counter',
           'DefaultDict', 'Deque', 'Dict', 'Final', 'ForwardRef', 'FrozenSet', 'Generator',
           'Generic', 'Hashable', 'ItemsView', 'Iterable', 'Iterator', 'KeysView', 'List',
           'Literal', 'LiteralString', 'Mapping', 'MappingView', 'MutableMapping',
           'MutableSequence', 'MutableSet', 'NamedTuple', 'Never', 'NewType', 'NoReturn',
           'NotRequired', 'Optional', 'OrderedDict', 'Required', 'Reversible', 'Self', 'Sequence',
           'Set', 'Sized', 'TYPE_CHECKING', 'Text', 'Tuple', 'Type', 'TypeAlias', 'TypeGuard',
           'TypeVar', 'Union', 'ValuesView', 'assert_never', 'assert_type', 'cast', 'final',
           'get_args', 'get_origin', 'no_type_check', 'overload', 'reveal_type']

TYPE_CHECKING = False
NoneType = type(None)


def _type_text(value):
    if isinstance(value, types.GenericAlias):
        return repr(value)
    if isinstance(value, type):
        if value.__module__ == 'builtins':
            return value.__qualname__
        return f'{value.__module__}.{value.__qualname__}'
    if value is ...:
        return '...'
    return value.__name__ if isinstance(value, types.FunctionType) else repr(value)


def _check(value, message):
    """A type as forms keep it: None and names in quotes have their own."""
    if value is None:
        return NoneType
    if isinstance(value, str):
        return ForwardRef(value)
    if value in (Generic, ClassVar, Final) or _origin(value) in (ClassVar, Final):
        raise TypeError(f'{value} is not valid as type argument' if _origin(value)
                        else f'Plain {value} is not valid as type argument')
    if type(value) is tuple:
        raise TypeError(f'{message} Got {value!r:.100}.')
    return value


def _origin(value):
    return value.__origin__ if isinstance(value, _GenericAlias) else None


def _check_all(values, message):
    return tuple(_check(value, message) for value in values)


def _as_tuple(values):
    return values if isinstance(values, tuple) else (values,)


def _parameters_in(args):
    found = []
    for arg in args:
        if isinstance(arg, TypeVar):
            inner = (arg,)
        elif isinstance(arg, type):
            continue
        else:
            inner = getattr(arg, '__parameters__', ())
        found.extend(parameter for parameter in inner if parameter not in found)
    return tuple(found)


def _check_count(form, args, expected):
    if not expected:
        raise TypeError(f'{form} is not a generic class')
    if len(args) != expected:
        raise TypeError(f"Too {'many' if len(args) > expected else 'few'} arguments for {form}; "
                        f'actual {len(args)}, expected {expected}')


class _Unitable:
    """What `|` takes as an operand."""

    __slots__ = ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ForwardRef(_Unitable):
    """The name of a type that may not exist yet."""

    __slots__ = ('__forward_arg__',)

    def __init__(self, arg):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            compile(arg, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}')
        self.__forward_arg__ = arg

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __call__(self, *args):
        raise TypeError(f'{type(self).__name__!r} object is not callable')

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


# --- forms -----------------------------------------------------------------------------------------

class _SpecialForm(_Unitable):
    """`Name`, and `Name[...]` by a function."""

    def __init__(self, make):
        self._name = make.__name__
        self.__doc__ = make.__doc__
        self._make = make

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return self._name
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **keywords):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __instancecheck__(self, value):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

    def __getitem__(self, parameters):
        return self._make(self, parameters)


def _plain_form(name, doc):
    def make(self, parameters):
        raise TypeError(f'{self} is not subscriptable')
    make.__name__ = name
    make.__doc__ = doc
    return _SpecialForm(make)


def _form_of_one(name, doc):
    def make(self, parameters):
        return _GenericAlias(self, (_check(parameters, f'{self} accepts only single type.'),))
    make.__name__ = name
    make.__doc__ = doc
    return _SpecialForm(make)


class _AnyMeta(type):
    def __instancecheck__(self, value):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(value)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Whatever there is."""

    def __new__(cls, *args, **keywords):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls, *args, **keywords)


NoReturn = _plain_form('NoReturn', 'What a function returns that never does.')
Never = _plain_form('Never', 'A type without values.')
Self = _plain_form('Self', 'The class that is being defined, or a subclass.')
LiteralString = _plain_form('LiteralString', 'A text that stands in the source.')
TypeAlias = _plain_form('TypeAlias', 'Says that a name is another one of a type.')
ClassVar = _form_of_one('ClassVar', 'An attribute of the class, not of its instances.')
Final = _form_of_one('Final', 'A name that is bound once.')
TypeGuard = _form_of_one('TypeGuard', 'What a function returns that tells types apart.')
Required = _form_of_one('Required', 'A key that a dict of its type must have.')
NotRequired = _form_of_one('NotRequired', 'A key that a dict of its type may have.')


@_SpecialForm
def Union(self, parameters):
    """One of several types."""
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    flat = []
    for arg in _check_all(_as_tuple(parameters), 'Union[arg, ...]: each arg must be a type.'):
        flat.extend(arg.__args__ if isinstance(arg, (_UnionGenericAlias, types.UnionType))
                    else (arg,))
    args = []
    for arg in flat:
        if arg not in args:
            args.append(arg)
    return args[0] if len(args) == 1 else _UnionGenericAlias(self, tuple(args))


@_SpecialForm
def Optional(self, parameters):
    """A type, or None."""
    return Union[_check(parameters, f'{self} requires a single type.'), NoneType]


@_SpecialForm
def Literal(self, parameters):
    """One of some values."""
    flat = []
    for value in _as_tuple(parameters):
        flat.extend(value.__args__ if _origin(value) is Literal else (value,))
    args = []
    for value in flat:
        if not any(value == other and type(value) is type(other) for other in args):
            args.append(value)
    return _LiteralGenericAlias(self, tuple(args))


# --- aliases ---------------------------------------------------------------------------------------

class _GenericAlias(_Unitable):
    """A form or a class with its arguments."""

    def __init__(self, origin, args, *, name=None, inst=True):
        self._name = name
        self._inst = inst
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _parameters_in(args)
        if not name:
            self.__module__ = origin.__module__

    def _copy(self, args):
        return type(self)(self.__origin__, args, name=self._name, inst=self._inst)

    def __getitem__(self, args):
        if self.__origin__ in (Generic,):
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        args = _check_all(_as_tuple(args), 'Parameters to generic types must be types.')
        _check_count(self, args, len(self.__parameters__))
        given = dict(zip(self.__parameters__, args))

        def replace(arg):
            if isinstance(arg, TypeVar):
                return given[arg]
            inner = () if isinstance(arg, type) else getattr(arg, '__parameters__', ())
            return arg[tuple(given[parameter] for parameter in inner)] if inner else arg

        return self._copy(tuple(replace(arg) for arg in self.__args__))

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _type_text(self.__origin__)
        return f"{name}[{', '.join(map(_type_text, self.__args__)) or '()'}]"

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __call__(self, *args, **keywords):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; '
                            f'use {self.__origin__.__name__}() instead')
        made = self.__origin__(*args, **keywords)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return self._name or self.__origin__.__name__
        if '__origin__' in self.__dict__ and not (name.startswith('__') and name.endswith('__')):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f'Cannot subclass {self!r}')
        if self._name:
            return _entries(self, self.__origin__, bases)
        if self.__origin__ is Generic:
            later = bases[bases.index(self) + 1:]
            if any(isinstance(base, _GenericAlias) and base is not self for base in later):
                return ()
        return (self.__origin__,)

    def __instancecheck__(self, value):
        return self.__subclasscheck__(type(value))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')


def _entries(alias, origin, bases):
    """The class of an alias, and Generic unless a later base brings it."""
    entries = () if origin in bases else (origin,)
    for base in bases[bases.index(alias) + 1:]:
        if isinstance(base, (_BaseAlias, _GenericAlias)):
            return entries
        if isinstance(base, type) and issubclass(base, Generic):
            return entries
    return (*entries, Generic)


class _UnionGenericAlias(_GenericAlias):
    def _copy(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and NoneType in args:
            return f'typing.Optional[{_type_text(args[args[0] is NoneType])}]'
        return super().__repr__()

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)


class _LiteralGenericAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return set(self._typed()) == set(other._typed())

    def __hash__(self):
        return hash(frozenset(self._typed()))

    def _typed(self):
        return [(value, type(value)) for value in self.__args__]

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"


class _CallableGenericAlias(_GenericAlias):
    def __repr__(self):
        *parameters, result = self.__args__
        if parameters == [...]:
            return f'typing.Callable[..., {_type_text(result)}]'
        return f"typing.Callable[[{', '.join(map(_type_text, parameters))}], {_type_text(result)}]"


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata, **options):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), **options)
        self.__metadata__ = metadata

    def _copy(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        shown = ', '.join(map(repr, self.__metadata__))
        return f'typing.Annotated[{_type_text(self.__origin__)}, {shown}]'

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return (self.__origin__, self.__metadata__) == (other.__origin__, other.__metadata__)

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))


class Annotated:
    """A type, and what somebody wants to say of it."""

    __slots__ = ()

    def __new__(cls, *args, **keywords):
        raise TypeError('Type Annotated cannot be instantiated.')

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple) or len(parameters) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments '
                            '(a type and an annotation).')
        origin = _check(parameters[0], 'Annotated[t, ...]: t must be a type.')
        return _AnnotatedAlias(origin, parameters[1:])

    def __init_subclass__(cls, *args, **keywords):
        raise TypeError(f'Cannot subclass {cls.__module__}.Annotated')


class _BaseAlias(_Unitable):
    """The name in this module of a class: `List`."""

    def __init__(self, origin, count, name=None):
        self.__origin__ = origin
        self._name = name or origin.__name__
        self._count = count
        self.__doc__ = f'A generic version of {origin.__module__}.{origin.__qualname__}.'

    def _make(self, args):
        return _GenericAlias(self.__origin__, args, name=self._name, inst=False)

    def __getitem__(self, args):
        args = _check_all(_as_tuple(args), 'Parameters to generic types must be types.')
        _check_count(self, args, self._count)
        return self._make(args)

    def __repr__(self):
        return 'typing.' + self._name

    def __call__(self, *args, **keywords):
        raise TypeError(f'Type {self._name} cannot be instantiated; '
                        f'use {self.__origin__.__name__}() instead')

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return self._name
        if '__origin__' in self.__dict__ and not (name.startswith('__') and name.endswith('__')):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        return _entries(self, self.__origin__, bases)

    def __instancecheck__(self, value):
        return self.__subclasscheck__(type(value))

    def __subclasscheck__(self, cls):
        if isinstance(cls, _BaseAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name


class _TupleAlias(_BaseAlias):
    def __getitem__(self, args):
        args = _as_tuple(args)
        if len(args) >= 2 and args[-1] is ...:
            message = 'Tuple[t, ...]: t must be a type.'
            return self._make((*_check_all(args[:-1], message), ...))
        return self._make(_check_all(args, 'Tuple[t0, t1, ...]: each t must be a type.'))


class _CallableAlias(_BaseAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = parameters
        message = 'Callable[[arg, ...], result]: each arg must be a type.'
        args = args if isinstance(args, list) else [args]
        args = (...,) if args == [...] else _check_all(args, message)
        result = _check(result, 'Callable[args, result]: result must be a type.')
        return _CallableGenericAlias(self.__origin__, (*args, result), name='Callable')


_abc = collections.abc
Hashable = _BaseAlias(_abc.Hashable, 0)
Awaitable = _BaseAlias(_abc.Awaitable, 1)
Coroutine = _BaseAlias(_abc.Coroutine, 3)
AsyncIterable = _BaseAlias(_abc.AsyncIterable, 1)
AsyncIterator = _BaseAlias(_abc.AsyncIterator, 1)
AsyncGenerator = _BaseAlias(_abc.AsyncGenerator, 2)
Iterable = _BaseAlias(_abc.Iterable, 1)
Iterator = _BaseAlias(_abc.Iterator, 1)
Reversible = _BaseAlias(_abc.Reversible, 1)
Sized = _BaseAlias(_abc.Sized, 0)
Container = _BaseAlias(_abc.Container, 1)
Collection = _BaseAlias(_abc.Collection, 1)
Callable = _CallableAlias(_abc.Callable, 2)
AbstractSet = _BaseAlias(_abc.Set, 1, 'AbstractSet')
MutableSet = _BaseAlias(_abc.MutableSet, 1)
Mapping = _BaseAlias(_abc.Mapping, 2)
MutableMapping = _BaseAlias(_abc.MutableMapping, 2)
Sequence = _BaseAlias(_abc.Sequence, 1)
MutableSequence = _BaseAlias(_abc.MutableSequence, 1)
ByteString = _BaseAlias(_abc.ByteString, 0)
Generator = _BaseAlias(_abc.Generator, 3)
MappingView = _BaseAlias(_abc.MappingView, 1)
KeysView = _BaseAlias(_abc.KeysView, 1)
ItemsView = _BaseAlias(_abc.ItemsView, 2)
ValuesView = _BaseAlias(_abc.ValuesView, 1)
Tuple = _TupleAlias(tuple, -1, 'Tuple')
List = _BaseAlias(list, 1, 'List')
Deque = _BaseAlias(collections.deque, 1, 'Deque')
Set = _BaseAlias(set, 1, 'Set')
FrozenSet = _BaseAlias(frozenset, 1, 'FrozenSet')
Dict = _BaseAlias(dict, 2, 'Dict')
DefaultDict = _BaseAlias(collections.defaultdict, 2, 'DefaultDict')
OrderedDict = _BaseAlias(collections.OrderedDict, 2)
Counter = _BaseAlias(collections.Counter, 1)
ChainMap = _BaseAlias(collections.ChainMap, 2)
Type = _BaseAlias(type, 1, 'Type')
ContextManager = _BaseAlias(contextlib.AbstractContextManager, 1, 'ContextManager')
Text = str


# --- parameters ------------------------------------------------------------------------------------

class TypeVar(_Unitable):
    """A type that a use of a generic class or function chooses."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__ = name
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__constraints__ = _check_all(constraints, 'TypeVar(name, constraint, ...): '
                                                       'constraints must be types.')
        self.__bound__ = None if bound is None else _check(bound, 'Bound must be a type.')
        module = sys._getframemodulename(1)
        if module != 'typing':
            self.__module__ = module

    def __typing_subst__(self, argument):
        return _check(argument, 'Parameters to generic types must be types.')

    def __repr__(self):
        sign = '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return sign + self.__name__

    def __call__(self, *args):
        raise TypeError("'TypeVar' object is not callable")

    def __reduce__(self):
        return self.__name__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class Generic:
    """The base of classes with parameters."""

    __slots__ = ()

    def __class_getitem__(cls, args):
        args = _as_tuple(args)
        if cls is Generic:
            if not args:
                raise TypeError('Parameter list to Generic[...] cannot be empty')
            if not all(isinstance(arg, TypeVar) for arg in args):
                raise TypeError('Parameters to Generic[...] must all be type variables or '
                                'parameter specification variables.')
            if len(set(args)) != len(args):
                raise TypeError('Parameters to Generic[...] must all be unique')
        else:
            args = _check_all(args, 'Parameters to generic types must be types.')
            _check_count(cls, args, len(cls.__parameters__))
        return _GenericAlias(cls, args)

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        bases = cls.__dict__.get('__orig_bases__')
        if Generic in (cls.__bases__ if bases is None else bases):
            raise TypeError('Cannot inherit from plain Generic')
        if bases is None:
            cls.__parameters__ = ()
            return
        parameters = _parameters_in(bases)
        declared = [base.__parameters__ for base in bases if _origin(base) is Generic]
        if len(declared) > 1:
            raise TypeError('Cannot inherit from Generic[...] multiple times.')
        if declared:
            missing = [parameter for parameter in parameters if parameter not in declared[0]]
            if missing:
                raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are not "
                                f"listed in Generic[{', '.join(map(str, declared[0]))}]")
            parameters = declared[0]
        cls.__parameters__ = parameters


AsyncContextManager = ContextManager if not hasattr(contextlib, 'AbstractAsyncContextManager') else \
    _BaseAlias(contextlib.AbstractAsyncContextManager, 1, 'AsyncContextManager')
AnyStr = TypeVar('AnyStr', bytes, str)


class NewType(_Unitable):
    """A type with the values of another, and a name of its own."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        module = sys._getframemodulename(1)
        if module != 'typing':
            self.__module__ = module

    def __call__(self, value):
        return value

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'


# --- named tuples ----------------------------------------------------------------------------------

_PROTECTED = frozenset({'__new__', '__init__', '__slots__', '__getnewargs__', '_fields',
                        '_field_defaults', '_field_types', '_make', '_replace', '_asdict',
                        '_source'})
_SET_ANYWAY = frozenset({'__module__', '__name__', '__annotations__', '__qualname__'})


def _named_tuple(name, fields, defaults, module):
    types_by_name = {field: _check(kind, f'field {field} annotation must be a type')
                     for field, kind in fields}
    made = collections.namedtuple(name, [field for field, _ in fields], defaults=defaults,
                                  module=module)
    made.__annotations__ = made.__new__.__annotations__ = types_by_name
    return made


class NamedTupleMeta(type):
    def __new__(cls, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        bases = tuple(tuple if base is _NamedTuple else base for base in bases)
        fields = namespace.get('__annotations__', {})
        defaults = []
        for field in fields:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                raise TypeError(f'Non-default namedtuple field {field} cannot follow default '
                                f"field{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}")
        made = _named_tuple(name, fields.items(), [namespace[field] for field in defaults],
                            namespace['__module__'])
        if Generic in bases:
            made.__bases__ = bases
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key, value in namespace.items():
            if key in _PROTECTED:
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in _SET_ANYWAY and key not in made._fields:
                setattr(made, key, value)
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=None, /, **keywords):
    """A tuple whose items have names and types; as a base class, or called."""
    if fields is None:
        fields = keywords.items()
    elif keywords:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    return _named_tuple(typename, list(fields), None, sys._getframemodulename(1))


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


# --- functions -------------------------------------------------------------------------------------

def cast(typ, val):
    """The value; somebody knows that it is of the type."""
    return val


def final(f):
    """Says that a method or class is not to be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def _overload_dummy(*args, **keywords):
    raise NotImplementedError('You should not call an overloaded function. A series of '
                              '@overload-decorated functions outside a stub module should always '
                              'be followed by an implementation that is not @overload-ed.')


def overload(func):
    """One of the signatures of the function that follows."""
    return _overload_dummy


def no_type_check(arg):
    """Says that annotations are none of types."""
    if isinstance(arg, type):
        for value in vars(arg).values():
            if isinstance(value, types.FunctionType):
                value.__no_type_check__ = True
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def get_origin(tp):
    """What `tp` has been made of: list of List[int]."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _BaseAlias, types.GenericAlias)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return types.UnionType if isinstance(tp, types.UnionType) else None


def get_args(tp):
    """What `tp` has been made with."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, types.GenericAlias)):
        args = tp.__args__
        if tp.__origin__ is collections.abc.Callable and args[0] is not ...:
            return (list(args[:-1]), args[-1])
        return args
    return tp.__args__ if isinstance(tp, types.UnionType) else ()


def assert_never(arg, /):
    """For places that are never reached."""
    shown = repr(arg)
    if len(shown) > 100:
        shown = shown[:100] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {shown}')


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


