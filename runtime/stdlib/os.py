"""The folder, files and environment of the process.

There are no file descriptors or processes, and paths are texts; `environ` is a dict of texts, and
changing it does not change the environment of the process.
"""

import abc
import posixpath as path
import sys
from posix import chdir, environ, getcwd, getpid, listdir, mkdir, rmdir, unlink

name = 'posix'
curdir, pardir, sep, extsep, pathsep, linesep = '.', '..', '/', '.', ':', '\n'
altsep = None
devnull = '/dev/null'
error = OSError
remove = unlink
sys.modules['os.path'] = path


def getenv(key, default=None):
    """The text of a variable of the environment."""
    return environ.get(key, default)


class PathLike(abc.ABC):
    """What stands for a path: it says so with `__fspath__`."""

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is not PathLike:
            return NotImplemented
        return any('__fspath__' in base.__dict__ for base in subclass.__mro__) or NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def fspath(path):
    """The text, or the bytes, of a path."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    try:
        text = kind.__fspath__(path)
    except AttributeError:
        if hasattr(kind, '__fspath__'):
            raise
        raise TypeError("expected str, bytes or os.PathLike object, not " + kind.__name__)
    if isinstance(text, (str, bytes)):
        return text
    raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, "
                    f"not {type(text).__name__}")
