"""Names of the built-in types that have none in builtins, and the parts of a class statement as
functions.

There are no coroutine types.
"""

import sys

__all__ = ['BuiltinFunctionType', 'BuiltinMethodType', 'CellType', 'ClassMethodDescriptorType',
           'CodeType', 'DynamicClassAttribute', 'EllipsisType', 'FrameType', 'FunctionType',
           'GeneratorType', 'GenericAlias', 'GetSetDescriptorType', 'LambdaType', 'MappingProxyType',
           'MemberDescriptorType', 'MethodDescriptorType', 'MethodType', 'MethodWrapperType',
           'ModuleType', 'NoneType', 'NotImplementedType', 'SimpleNamespace', 'TracebackType',
           'UnionType', 'WrapperDescriptorType', 'new_class', 'prepare_class', 'resolve_bases']


def _samples():
    """Gives the types of which there is no name by looking at one instance of each."""
    cell = None

    def generator():
        yield cell

    def fails():
        try:
            raise Exception
        except Exception as error:
            return error.__traceback__

    traceback = fails()
    return (type(generator), type(generator()), type(generator.__closure__[0]), type(traceback),
            type(traceback.tb_frame))


FunctionType, GeneratorType, CellType, TracebackType, FrameType = _samples()
LambdaType = FunctionType
CodeType = type(_samples.__code__)
MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)


class _Sample:
    __slots__ = ('word',)

    def method(self):
        pass


MethodType = type(_Sample().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__['fromkeys'])
GetSetDescriptorType = type(FunctionType.__code__)
MemberDescriptorType = type(_Sample.word)
ModuleType = type(sys)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)
GenericAlias = type(list[int])
UnionType = type(int | None)

del sys, _samples, _Sample


def resolve_bases(bases):
    """The bases of a class statement, those replaced that have `__mro_entries__`."""
    resolved = []
    changed = False
    for base in bases:
        if not isinstance(base, type) and hasattr(base, '__mro_entries__'):
            entries = base.__mro_entries__(bases)
            if not isinstance(entries, tuple):
                raise TypeError('__mro_entries__ must return a tuple')
            resolved.extend(entries)
            changed = True
        else:
            resolved.append(base)
    return tuple(resolved) if changed else bases


def _metaclass_of(meta, bases):
    """The most derived of a metaclass and the types of the bases."""
    best = meta
    for base in bases:
        own = type(base)
        if issubclass(best, own):
            continue
        if not issubclass(own, best):
            raise TypeError('metaclass conflict: the metaclass of a derived class must be a '
                            '(non-strict) subclass of the metaclasses of all its bases')
        best = own
    return best


def prepare_class(name, bases=(), kwds=None):
    """What a class statement does before its body: metaclass, namespace, remaining keywords."""
    keywords = {} if kwds is None else dict(kwds)
    if 'metaclass' in keywords:
        meta = keywords.pop('metaclass')
    else:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        meta = _metaclass_of(meta, bases)
    namespace = meta.__prepare__(name, bases, **keywords) if hasattr(meta, '__prepare__') else {}
    return meta, namespace, keywords


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class statement as a function; `exec_body` fills the namespace."""
    resolved = resolve_bases(bases)
    meta, namespace, keywords = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace['__orig_bases__'] = bases
    # The class takes its module from the frame that makes it. A compiled function has none; what
    # names `globals` stays interpreted.
    globals
    return meta(name, resolved, namespace, **keywords)


class DynamicClassAttribute:
    """A property for instances only: through the class, the metaclass's `__getattr__` is asked."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = doc or fget.__doc__
        # Whether the text came from the getter: then another getter brings its own.
        self.overwrite_doc = doc is None
        self.__isabstractmethod__ = bool(getattr(fget, '__isabstractmethod__', False))

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.__isabstractmethod__:
                return self
            raise AttributeError()
        if self.fget is None:
            raise AttributeError('unreadable attribute')
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def getter(self, fget):
        documentation = fget.__doc__ if self.overwrite_doc else None
        result = type(self)(fget, self.fset, self.fdel, documentation or self.__doc__)
        result.overwrite_doc = self.overwrite_doc
        return result

    def setter(self, fset):
        result = type(self)(self.fget, fset, self.fdel, self.__doc__)
        result.overwrite_doc = self.overwrite_doc
        return result

    def deleter(self, fdel):
        result = type(self)(self.fget, self.fset, fdel, self.__doc__)
        result.overwrite_doc = self.overwrite_doc
        return result
