"""Enumerations: classes whose attributes are their only instances, and flags, whose instances can be
combined.

    class body --_EnumDict notes which names are members--> EnumType.__new__
        --a _Draft in place of each--> type.__new__ --Draft.__set_name__ makes the member--> class

What CPython 3.11 only warns of goes without a warning here.
"""

import sys
from builtins import bin as _bin, property as _property
from types import DynamicClassAttribute, MappingProxyType

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto',
           'unique', 'property', 'verify', 'member', 'nonmember', 'FlagBoundary', 'STRICT', 'CONFORM',
           'EJECT', 'KEEP', 'global_flag_repr', 'global_enum_repr', 'global_str', 'global_enum',
           'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE']

# Known before there are any, for the metaclass.
Enum = Flag = ReprEnum = EJECT = None


class nonmember:
    """Keeps a value of an enumeration's body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes anything in an enumeration's body a member."""

    def __init__(self, value):
        self.value = value


# --- names and bits

def _is_descriptor(value):
    return (hasattr(value, '__get__') or hasattr(value, '__set__') or hasattr(value, '__delete__'))


def _is_dunder(name):
    return (len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_')


def _is_sunder(name):
    return (len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_')


def _is_private(class_name, name):
    """Whether it is a mangled name of the class."""
    prefix = f'_{class_name}__'
    return (len(name) > len(prefix) and name.startswith(prefix)
            and (name[-1] != '_' or name[-2] != '_'))


def _is_single_bit(number):
    return number != 0 and number & number - 1 == 0


def _bits_of(number):
    """The bits of a number, lowest first."""
    original = number
    if isinstance(number, Enum):
        number = number.value
    if number < 0:
        raise ValueError(f'{original!r} is not a positive integer')
    while number:
        bit = number & -number
        yield bit
        number ^= bit


def show_flag_values(value):
    """The values of the single flags in a combination."""
    return list(_bits_of(value))


def bin(num, max_bits=None):
    """The two's complement of a number in binary, the sign's bit apart."""
    ceiling = 2 ** num.bit_length()
    if num >= 0:
        text = _bin(num + ceiling).replace('1', '0', 1)
    else:
        text = _bin(~num ^ (ceiling - 1) + ceiling)
    sign, digits = text[:3], text[3:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f'{sign} {digits}'


class _AutoNull:
    def __repr__(self):
        return '_auto_null'


_auto_null = _AutoNull()


class auto:
    """Stands for the value that `_generate_next_value_` gives."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f'auto({self.value!r})'


class property(DynamicClassAttribute):
    """A property of members; through the class, the member of the same name."""

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            try:
                return ownerclass._member_map_[self.name]
            except KeyError:
                raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}')
        if self.fget is None:
            raise AttributeError(f'{ownerclass!r} member has no attribute {self.name!r}')
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f'<enum {self.clsname!r}> cannot set attribute {self.name!r}')
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f'<enum {self.clsname!r}> cannot delete attribute {self.name!r}')
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


# --- making classes

class _Draft:
    """A member's value until the class is there; then it puts the member in its own place."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, name):
        delattr(enum_class, name)
        made = self._make(enum_class, name)
        value = made._value_
        known = self._with_value(enum_class, value)
        if known is not None:
            made = known
        elif not issubclass(enum_class, Flag or ()) or _is_single_bit(value):
            enum_class._member_names_.append(name)
        self._place(enum_class, name, made)
        enum_class._member_map_[name] = made
        try:
            enum_class._value2member_map_.setdefault(value, made)
        except TypeError:
            enum_class._unhashable_values_.append(value)

    def _make(self, enum_class, name):
        value = self.value
        data_type = enum_class._member_type_
        args = value if isinstance(value, tuple) else (value,)
        if data_type is tuple:
            args = (args,)
        if enum_class._use_args_:
            made = enum_class._new_member_(enum_class, *args)
        else:
            made = enum_class._new_member_(enum_class)
        if not hasattr(made, '_value_'):
            if enum_class._use_args_ and data_type is object:
                made._value_ = value
            else:
                try:
                    made._value_ = data_type(*args)
                except Exception:
                    if enum_class._use_args_:
                        raise TypeError('_value_ not set in __new__, unable to create it') from None
                    made._value_ = value
        made._name_ = name
        made.__objclass__ = enum_class
        made.__init__(*args)
        made._sort_order_ = len(enum_class._member_names_)
        return made

    @staticmethod
    def _with_value(enum_class, value):
        try:
            return enum_class._value2member_map_.get(value)
        except TypeError:
            for other in enum_class._member_map_.values():
                if other._value_ == value:
                    return other
            return None

    @staticmethod
    def _place(enum_class, name, made):
        """Makes the member an attribute of the class, unless a property of a base shows it."""
        inherited = None
        hidden = False
        for base in enum_class.__mro__[1:]:
            inherited = base.__dict__.get(name)
            if inherited is not None:
                if isinstance(inherited, DynamicClassAttribute):
                    break
                hidden = True
        if not inherited:
            setattr(enum_class, name, made)
        elif hidden:
            redirect = property()
            redirect.__set_name__(enum_class, name)
            redirect.fget = inherited.fget
            redirect.fset = inherited.fset
            redirect.fdel = inherited.fdel
            setattr(enum_class, name, redirect)


_RESERVED_IN_USE = ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_',
                    '_iter_member_', '_iter_member_by_value_', '_iter_member_by_def_')


class _EnumDict(dict):
    """The namespace of an enumeration's body."""

    def __init__(self):
        super().__init__()
        self._member_names = {}  # ordered
        self._last_values = []
        self._ignore = []
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._set_reserved(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value):
            value = self._add_member(key, value)
        super().__setitem__(key, value)

    def _set_reserved(self, key, value):
        if key not in _RESERVED_IN_USE:
            raise ValueError(f'_sunder_ names, such as {key!r}, are reserved for future Enum use')
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            self._generate_next_value = getattr(value, '__func__', value) \
                if isinstance(value, staticmethod) else value
        elif key == '_ignore_':
            value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(f'_ignore_ cannot specify already set names: {already!r}')
        return value

    def _add_member(self, key, value):
        if key in self:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        if isinstance(value, member):
            value = value.value
        if isinstance(value, auto):
            value = self._resolve(key, value)
        elif type(value) is tuple and any(isinstance(item, auto) for item in value):
            value = tuple([self._resolve(key, item) if isinstance(item, auto) else item
                           for item in value])
        else:
            self._last_values.append(value)
        self._member_names[key] = None
        return value

    def _resolve(self, key, item):
        """The value of an `auto`."""
        if item.value == _auto_null:
            item.value = self._generate_next_value(key, 1, len(self._member_names),
                                                   self._last_values[:])
            self._auto_called = True
        self._last_values.append(item.value)
        return item.value

    def update(self, members, **more_members):
        try:
            pairs = [(name, members[name]) for name in members.keys()]
        except AttributeError:
            pairs = members
        for name, value in pairs:
            self[name] = value
        for name, value in more_members.items():
            self[name] = value


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        classdict.setdefault('_ignore_', []).append('_ignore_')
        for key in classdict['_ignore_']:
            classdict.pop(key, None)
        names = classdict._member_names
        invalid = set(names) & {'mro', ''}
        if invalid:
            raise ValueError('invalid enum member name(s) ' + ','.join(map(repr, invalid)))
        order = classdict.pop('_order_', None)
        classdict = dict(classdict.items())
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new_member, saves_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        mask = 0
        for name in names:
            value = classdict[name]
            if isinstance(value, int):
                mask |= value
            classdict[name] = _Draft(value)
        classdict.update(
            _new_member_=new_member, _use_args_=use_args, _member_names_=[], _member_map_={},
            _value2member_map_={}, _unhashable_values_=[], _member_type_=member_type,
            _value_repr_=metacls._find_data_repr_(cls, bases),
            _boundary_=boundary or getattr(first_enum, '_boundary_', None), _flag_mask_=mask,
            _all_bits_=2 ** mask.bit_length() - 1, _inverted_=None)
        failed = None
        try:
            enum_class = super().__new__(metacls, cls, bases, classdict, **kwds)
        except RuntimeError as error:
            # What a member's creation raised, without what type() says about it.
            failed = error.__cause__ or error
        if failed is not None:
            raise failed
        classdict.update(enum_class.__dict__)
        metacls._choose_methods(enum_class, bases, classdict, member_type, first_enum)
        if Enum is not None:
            if saves_new:
                enum_class.__new_member__ = new_member
            enum_class.__new__ = Enum.__new__
        if isinstance(order, str):
            order = order.replace(',', ' ').split()
        is_flag = cls == 'Flag' if Flag is None else issubclass(enum_class, Flag)
        if is_flag and Flag is not None:
            order = metacls._finish_flag(enum_class, order)
        elif not is_flag:
            for name in ('_boundary_', '_flag_mask_', '_all_bits_', '_inverted_'):
                delattr(enum_class, name)
        metacls._check_order(enum_class, order)
        return enum_class

    @staticmethod
    def _choose_methods(enum_class, bases, classdict, member_type, first_enum):
        """Which of the enumeration's and the data type's methods the class has."""
        if ReprEnum is not None and ReprEnum in bases:
            if member_type is object:
                raise TypeError('ReprEnum subclasses must be mixed with a data type (i.e. int, str, '
                                'float, etc.)')
            if '__format__' not in classdict:
                enum_class.__format__ = classdict['__format__'] = member_type.__format__
            if '__str__' not in classdict:
                method = member_type.__str__
                if method is object.__str__:
                    method = member_type.__repr__
                enum_class.__str__ = classdict['__str__'] = method
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if name in classdict:
                continue
            found = getattr(enum_class, name)
            if found in (getattr(member_type, name), getattr(object, name)):
                setattr(enum_class, name, getattr(first_enum, name))
        if Flag is not None and issubclass(enum_class, Flag):
            for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__',
                         '__invert__'):
                if name not in classdict:
                    setattr(enum_class, name, getattr(Flag, name))

    @staticmethod
    def _finish_flag(enum_class, order):
        mask = 0
        for flag in enum_class._member_map_.values():
            if _is_single_bit(flag._value_):
                mask |= flag._value_
        enum_class._flag_mask_ = mask
        values = [flag._value_ for flag in enum_class]
        if values != sorted(values):
            enum_class._iter_member_ = enum_class._iter_member_by_def_
        if order:
            order = [name for name in order if name not in enum_class._member_map_
                     or _is_single_bit(enum_class[name]._value_)]
        return order

    @staticmethod
    def _check_order(enum_class, order):
        if not order:
            return
        order = [name for name in order if name not in enum_class._member_map_
                 or name in enum_class._member_names_]
        if order != enum_class._member_names_:
            raise TypeError('member order does not match _order_:\n'
                            f'  {enum_class._member_names_!r}\n  {order!r}')

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        """The member of a value; with `names`, a new enumeration of the name `value`."""
        if names is None:
            return cls.__new__(cls, value)
        if module is None:
            module = sys._getframemodulename(1)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start,
                            boundary=boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError("unsupported operand type(s) for 'in': "
                            f"'{type(member).__qualname__}' and '{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f'{cls.__name__!r} cannot delete member {attr!r}.')
        super().__delattr__(attr)

    def __dir__(cls):
        names = {'__class__', '__contains__', '__doc__', '__getitem__', '__iter__', '__len__',
                 '__members__', '__module__', '__name__', '__qualname__', *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            names.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add('__init_subclass__')
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls._member_map_[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_property
    def __members__(cls):
        """All names and their members, aliases included; read-only."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = 'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'
        return f'<{kind} {cls.__name__!r}>'

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        """A class from a text of names, a sequence of names or of pairs, or a mapping."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values = []
            for count, name in enumerate(names):
                values.append(first_enum._generate_next_value_(name, start, count, values[:]))
            names = list(zip(names, values))
        for item in names:
            if isinstance(item, str):
                classdict[item] = names[item]
            else:
                name, value = item
                classdict[name] = value
        if module is None:
            classdict['__reduce_ex__'] = _refuse_reduce
            module = '<unknown>'
        classdict['__module__'] = module
        if qualname is not None:
            classdict['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if Enum is not None and issubclass(base, Enum) and base._member_names_:
                    raise TypeError(f'<enum {class_name!r}> cannot extend {base!r}')

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The data type of the members and the enumeration that is extended."""
        if not bases:
            return object, Enum
        mcls._check_for_existing_members_(class_name, bases)
        first_enum = bases[-1]
        if not issubclass(first_enum, Enum):
            raise TypeError('new enumerations should be created as '
                            '`EnumName([mixin_type, ...] [data_type,] enum_type)`')
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if issubclass(base, Enum):
                    return base._value_repr_
                if '__repr__' in base.__dict__:
                    return base.__dict__['__repr__']
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if issubclass(base, Enum):
                    if base._member_type_ is not object:
                        found.add(base._member_type_)
                        break
                elif '__new__' in base.__dict__ or '__init__' in base.__dict__:
                    found.add(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError(f'too many data types for {class_name!r}: {found!r}')
        return found.pop() if found else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """The `__new__` of members, whether it is the class's own, whether it takes the values."""
        own = classdict.get('__new__')
        new = own
        if new is None:
            usual = [None, None.__new__, object.__new__, None if Enum is None else Enum.__new__]
            targets = [getattr(possible, method, None) for method in ('__new_member__', '__new__')
                       for possible in (member_type, first_enum)]
            for target in targets:
                if target not in usual:
                    new = target
                    break
            else:
                new = object.__new__
        uses_args = (first_enum is not None and new is not object.__new__
                     and new is not Enum.__new__)
        return new, first_enum is not None and own is not None, uses_args


EnumMeta = EnumType


def _refuse_reduce(self, proto):
    raise TypeError(f'{self!r} cannot be pickled')


class Enum(metaclass=EnumType):
    """The base of enumerations."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        failed = None
        result = None
        try:
            result = cls._missing_(value)
        except Exception as error:
            failed = error
        try:
            if isinstance(result, cls):
                return result
            if (Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT
                    and isinstance(result, int)):
                return result
            invalid = ValueError(f'{value!r} is not a valid {cls.__qualname__}')
            if failed is None:
                if result is None:
                    raise invalid
                failed = TypeError(f'error in {cls.__name__}._missing_: returned {result!r} '
                                   'instead of None or a valid member')
            if not isinstance(failed, ValueError):
                failed.__context__ = invalid
            raise failed
        finally:
            failed = invalid = None

    def __init__(self, *args, **kwds):
        pass

    def _generate_next_value_(name, start, count, last_values):
        """One more than the greatest value so far."""
        if not last_values:
            return start
        last = last_values[-1]
        try:
            last_values.sort()
            if last == last_values[-1]:
                return last + 1
        except TypeError:
            pass
        for value in last_values:
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        cls = self.__class__
        value_repr = cls._value_repr_ or repr
        return f'<{cls.__name__}.{self._name_}: {value_repr(self._value_)}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __dir__(self):
        if self.__class__._member_type_ is object:
            names = {'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value'}
        else:
            names = set(object.__dir__(self))
        names.update(name for name in getattr(self, '__dict__', ()) if name[0] != '_')
        for cls in self.__class__.mro():
            for name, value in cls.__dict__.items():
                if name[0] == '_':
                    continue
                if isinstance(value, property) and value.fget is None and name in self._member_map_:
                    names.discard(name)
                else:
                    names.add(name)
        names.update(('__class__', '__doc__', '__eq__', '__hash__', '__module__'))
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return getattr, (self.__class__, self._name_)

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """Enumerations whose members have the `str()` and `format()` of their data type."""


class IntEnum(int, ReprEnum):
    """Enumerations whose members are ints."""


class StrEnum(str, ReprEnum):
    """Enumerations whose members are strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f'{values[0]!r} is not a string')
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f'encoding must be a string, not {values[1]!r}')
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f'errors must be a string, not {values[2]!r}')
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    def _generate_next_value_(name, start, count, last_values):
        """The name in lower case."""
        return name.lower()


# --- flags

class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has: an error, dropped, a plain int, kept."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _or(a, b):
    return a | b


def _operand(self, other):
    """The value of an operand; None for one that is none."""
    if isinstance(other, self.__class__):
        return other._value_
    if self._member_type_ is not object and isinstance(other, self._member_type_):
        return other
    return None


class Flag(Enum, boundary=CONFORM):
    """The base of flags."""

    def __reduce_ex__(self, proto):
        cls = self.__class__
        unknown = self._value_ & ~cls._flag_mask_
        known = self._value_ & cls._flag_mask_
        if unknown and known:
            return _or, (cls(known), unknown)
        for bit in _bits_of(known):
            if known & ~bit:
                return _or, (cls(known & ~bit), cls._value2member_map_.get(bit))
            break
        if self._name_ is None:
            return cls, (self._value_,)
        return getattr, (cls, self._name_)

    _numeric_repr_ = repr

    def _generate_next_value_(name, start, count, last_values):
        """The bit above the highest one so far."""
        if not count:
            return start if start is not None else 1
        last_value = max(last_values)
        try:
            return 2 ** (_high_bit(last_value) + 1)
        except Exception:
            raise TypeError(f'invalid flag value {last_value!r}') from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _bits_of(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda flag: flag._sort_order_)

    @classmethod
    def _within_boundary(cls, value):
        """The value that is allowed for one with unknown bits; ValueError if there is none."""
        mask = cls._flag_mask_
        boundary = cls._boundary_
        if boundary is STRICT:
            max_bits = max(value.bit_length(), mask.bit_length())
            raise ValueError(f'{cls!r} invalid value {value!r}\n    given {bin(value, max_bits)}\n'
                             f'  allowed {bin(mask, max_bits)}')
        if boundary is CONFORM:
            return value & mask
        if boundary is KEEP:
            if value < 0:
                value += max(cls._all_bits_ + 1, 2 ** value.bit_length())
            return value
        raise ValueError(f'{cls!r} unknown flag boundary {boundary!r}')

    @classmethod
    def _missing_(cls, value):
        """The combination that a value is; it is kept, so that it is always the same."""
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        mask = cls._flag_mask_
        all_bits = cls._all_bits_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is EJECT:
                return value
            value = cls._within_boundary(value)
        negative = None
        if value < 0:
            negative = value
            value += all_bits + 1
        unknown = value & ~mask
        known = value & mask
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError(f'{cls.__name__}({value!r}) -->  unknown values {unknown!r} '
                             f'[{bin(unknown)}]')
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        if not hasattr(made, '_value_'):
            made._value_ = value
        made._name_ = None
        if known:
            names = [flag._name_ for flag in cls._iter_member_(known)]
            if unknown:
                names.append(cls._numeric_repr_(unknown))
            made._name_ = '|'.join(names)
        if not unknown:
            made = cls._value2member_map_.setdefault(value, made)
            if negative is not None:
                cls._value2member_map_[negative] = made
        return made

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': "
                            f'{type(other).__qualname__!r} and {self.__class__.__qualname__!r}')
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        value_repr = cls._value_repr_ or repr
        if self._name_ is None:
            return f'<{cls.__name__}: {value_repr(self._value_)}>'
        return f'<{cls.__name__}.{self._name_}: {value_repr(self._value_)}>'

    def __str__(self):
        if self._name_ is None:
            return f'{self.__class__.__name__}({self._value_!r})'
        return f'{self.__class__.__name__}.{self._name_}'

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        value = _operand(self, other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = _operand(self, other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = _operand(self, other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    def __invert__(self):
        if self._inverted_ is None:
            if self._boundary_ is KEEP:
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._flag_mask_ ^ self._value_)
            if isinstance(self._inverted_, self.__class__):
                self._inverted_._inverted_ = self
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are ints."""


def _high_bit(value):
    return value.bit_length() - 1


# --- decorators

def _aliases(enumeration):
    return ', '.join([f'{name} -> {member.name}' for name, member in enumeration.__members__.items()
                      if name != member.name])


def unique(enumeration):
    """Refuses an enumeration of which two names have one value."""
    aliases = _aliases(enumeration)
    if aliases:
        raise ValueError(f'duplicate values found in {enumeration!r}: {aliases}')
    return enumeration


def _module_of(self):
    return self.__class__.__module__.split('.')[-1]


def global_enum_repr(self):
    """`module.NAME`"""
    return f'{_module_of(self)}.{self._name_}'


def global_flag_repr(self):
    """`module.NAME`, for each flag of a combination."""
    module = _module_of(self)
    if self._name_ is None:
        return f'{module}.{self.__class__.__name__}({self._value_!r})'
    if _is_single_bit(self):
        return f'{module}.{self._name_}'
    keeps = self._boundary_ is KEEP
    return '|'.join([name if keeps and name[0].isdigit() else f'{module}.{name}'
                     for name in self._name_.split('|')])


def global_str(self):
    """`NAME`"""
    if self._name_ is None:
        return f'{self.__class__.__name__}({self._value_!r})'
    return self._name_


def global_enum(cls, update_str=False):
    """Makes the members names of the module too, and shows them so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


class EnumCheck(StrEnum):
    """What `verify` can look for."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A decorator that refuses enumerations which do not pass the checks."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        if not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                aliases = _aliases(enumeration)
                if aliases:
                    raise ValueError(f'aliases found in {enumeration!r}: {aliases}')
            elif check is CONTINUOUS:
                self._check_continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._check_named(enumeration)
        return enumeration

    @staticmethod
    def _check_continuous(enumeration):
        values = {member.value for member in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        if issubclass(enumeration, Flag):
            kind = 'flag'
            expected = [2 ** bit for bit in range(_high_bit(low) + 1, _high_bit(high))]
        else:
            kind = 'enum'
            expected = range(low + 1, high)
        missing = [str(value) for value in expected if value not in values]
        if missing:
            raise ValueError(f"invalid {kind} {enumeration.__name__!r}: missing values "
                             f"{', '.join(missing)}"[:256])

    @staticmethod
    def _check_named(enumeration):
        values = [member.value for member in enumeration]
        names = []
        unnamed = 0
        for name, alias in enumeration._member_map_.items():
            if name in enumeration._member_names_ or alias.value < 0:
                continue
            missed = [bit for bit in _bits_of(alias.value) if bit not in values]
            if missed:
                names.append(name)
            for bit in missed:
                unnamed |= bit
        if not names:
            return
        if len(names) == 1:
            which = f'alias {names[0]} is missing'
        else:
            which = f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
        what = 'value' if _is_single_bit(unnamed) else 'combined values of'
        raise ValueError(f'invalid Flag {enumeration.__name__!r}: {which} {what} {unnamed:#x} '
                         '[use enum.show_flag_values(value) for details]')
