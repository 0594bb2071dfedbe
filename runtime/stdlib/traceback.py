"""Where exceptions came from: the entries of a traceback and the text of an exception.

Carets under the failing expression, and the chain of exceptions, are only in what the runtime prints.
"""

import sys
from posix import _text

__all__ = ['FrameSummary', 'StackSummary', 'clear_frames', 'extract_tb', 'format_exception_only',
           'format_list', 'format_tb', 'walk_tb']

_lines = {}


def _line_of(filename, number):
    if filename not in _lines:
        _lines[filename] = (_text(filename) or '').splitlines()
    lines = _lines[filename]
    return lines[number - 1] if 0 < number <= len(lines) else ''


class FrameSummary:
    """One entry: file, line, function, and the line's text without its indentation."""

    def __init__(self, filename, lineno, name, *, line=None):
        self.filename, self.lineno, self.name = filename, lineno, name
        self._line = line

    @property
    def line(self):
        if self._line is None:
            self._line = _line_of(self.filename, self.lineno)
        return self._line.strip()

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            other = tuple(other)
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


class StackSummary(list):
    """Entries, the outermost first."""

    def format(self):
        return format_list(self)


def walk_tb(tb):
    """Frames and lines of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def extract_tb(tb, limit=None):
    found = StackSummary()
    for frame, line in walk_tb(tb):
        if limit is not None and len(found) >= limit:
            break
        found.append(FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name))
    return found


def format_list(extracted_list):
    texts = []
    for filename, number, name, line in extracted_list:
        text = f'  File "{filename}", line {number}, in {name}\n'
        texts.append(text + (f'    {line}\n' if line else ''))
    return texts


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit))


def format_exception_only(exc, /, value=None):
    """The last line of what is printed for an exception, as a list of one text."""
    error = exc if value is None else value
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ('__main__', 'builtins'):
        name = f'{kind.__module__}.{name}'
    text = str(error)
    return [f'{name}: {text}\n' if text else f'{name}\n']


def clear_frames(tb):
    """Frames that have ended keep nothing here."""


def print_exc(limit=None, file=None, chain=True):
    """The exception that is handled, as the runtime prints it."""
    sys.excepthook(*sys.exc_info())
