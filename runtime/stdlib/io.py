"""Files in memory, and the classes that files belong to.

There are no binary files, and `open` is the built-in function.
"""

from _io import StringIO, UnsupportedOperation, _IOBase, _TextIOBase
from abc import ABCMeta

__all__ = ['IOBase', 'SEEK_CUR', 'SEEK_END', 'SEEK_SET', 'StringIO', 'TextIOBase',
           'UnsupportedOperation', 'open']

open = open
DEFAULT_BUFFER_SIZE = 8192
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class IOBase(_IOBase, metaclass=ABCMeta):
    """What all files are."""


class TextIOBase(_TextIOBase, IOBase):
    """What all files of text are."""


TextIOBase.register(StringIO)
