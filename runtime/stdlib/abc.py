"""Abstract base classes: classes that say what a subclass has to define, and that other classes
can be registered with."""

from _abc import (_abc_init, _abc_instancecheck, _abc_register, _abc_subclasscheck, _get_dump,
                  _reset_caches, _reset_registry, get_cache_token)


def abstractmethod(funcobj):
    """Marks a method that subclasses must define. The innermost of several decorators."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Old form of @classmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    """Old form of @staticmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    """Old form of @property over @abstractmethod."""

    __isabstractmethod__ = True


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        """Makes `subclass` count as one of this class. Returns it: usable as a decorator."""
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        return _abc_subclasscheck(cls, subclass)

    def _dump_registry(cls, file=None):
        registry, cache, negative, version = _get_dump(cls)
        for line in (f'Class: {cls.__module__}.{cls.__qualname__}',
                     f'Inv. counter: {get_cache_token()}',
                     f'_abc_registry: {registry!r}',
                     f'_abc_cache: {cache!r}',
                     f'_abc_negative_cache: {negative!r}',
                     f'_abc_negative_cache_version: {version!r}'):
            print(line, file=file)

    def _abc_registry_clear(cls):
        _reset_registry(cls)

    def _abc_caches_clear(cls):
        _reset_caches(cls)


def update_abstractmethods(cls):
    """Finds out again which methods of a class are abstract, after methods were added to it."""
    if not hasattr(cls, '__abstractmethods__'):
        return cls
    inherited = (name for base in cls.__bases__
                 for name in getattr(base, '__abstractmethods__', ()))
    abstract = {name for name in inherited
                if getattr(getattr(cls, name, None), '__isabstractmethod__', False)}
    abstract.update(name for name, value in cls.__dict__.items()
                    if getattr(value, '__isabstractmethod__', False))
    cls.__abstractmethods__ = frozenset(abstract)
    return cls


class ABC(metaclass=ABCMeta):
    """A base class that brings the metaclass."""

    __slots__ = ()
