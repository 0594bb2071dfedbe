# AbstractContextManager: default __enter__, abstract __exit__, structural subclasses.
from contextlib import AbstractContextManager


class Full(AbstractContextManager):
    def __exit__(self, *exc):
        return super().__exit__(*exc)


class Missing(AbstractContextManager):
    pass


class Structural:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return None


class Half:
    def __enter__(self):
        return self


class Refused(Structural):
    __enter__ = None


class RefusedExit(Structural):
    __exit__ = None


with Full() as full:
    print(type(full).__name__)
for cls in Missing, AbstractContextManager:
    try:
        cls()
    except TypeError as error:
        print(error)
for cls in Full, Structural, Half, Refused, RefusedExit, int:
    print(cls.__name__, issubclass(cls, AbstractContextManager))
print(isinstance(Structural(), AbstractContextManager), issubclass(Structural, Full))
print(AbstractContextManager.__abstractmethods__)
try:
    with Full():
        raise ValueError('passes')
except ValueError as error:
    print(error)


class Cooperative(AbstractContextManager):
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print('enter', self.name)
        return super().__enter__()

    def __exit__(self, kind, error, traceback):
        print('exit', self.name, kind)
        return kind is KeyError


with Cooperative('a') as a, Cooperative('b') as b:
    print(a.name, b.name)
    raise KeyError
