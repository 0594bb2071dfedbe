"""Where exceptions came from: the entries of a traceback and the text of an exception.

As CPython 3.11's traceback, without what needs the running frames (print_stack and its like) and
without locals in entries.
"""

import sys
from posix import _text
from sys import _carets

__all__ = ['FrameSummary', 'StackSummary', 'TracebackException', 'clear_frames', 'extract_tb',
           'format_exc', 'format_exception', 'format_exception_only', 'format_list', 'format_tb',
           'print_exc', 'print_exception', 'print_last', 'print_list', 'print_tb', 'walk_tb']

_HEADER = 'Traceback (most recent call last):\n'
_CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n'
_CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n'
_REPEATS_SHOWN = 3
_MISSING = object()

_lines = {}


def _line_of(filename, number):
    if filename not in _lines:
        _lines[filename] = (_text(filename) or '').splitlines()
    lines = _lines[filename]
    return lines[number - 1] if 0 < number <= len(lines) else ''


class FrameSummary:
    """One entry: file, line, function, and the line's text without its indentation."""

    __slots__ = ('filename', 'lineno', 'name', '_line', '_carets', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename, self.lineno, self.name = filename, lineno, name
        self._line, self._carets = line, ''
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}
        if lookup_line:
            self.line

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
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
            return (self.filename, self.lineno, self.name, self.locals) == \
                (other.filename, other.lineno, other.name, other.locals)
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


def _limited(entries, limit):
    """The first `limit` entries of those nearest to the handler; the last ones if it is negative."""
    if limit is None:
        limit = getattr(sys, 'tracebacklimit', None)
        if limit is not None and limit < 0:
            limit = 0
    if limit is None:
        return list(entries)
    return list(entries)[:limit] if limit >= 0 else list(entries)[limit:]


class StackSummary(list):
    """Entries, the outermost first."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True):
        """Of pairs of a frame and a line."""
        return cls(FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name,
                                lookup_line=lookup_lines)
                   for frame, line in _limited(frame_gen, limit))

    @classmethod
    def from_list(cls, a_list):
        """Of FrameSummary objects and old-style tuples."""
        return cls(entry if isinstance(entry, FrameSummary)
                   else FrameSummary(entry[0], entry[1], entry[2], line=entry[3])
                   for entry in a_list)

    def format_frame_summary(self, frame_summary):
        entry = frame_summary
        text = f'  File "{entry.filename}", line {entry.lineno}, in {entry.name}\n'
        if entry.line:
            text += f'    {entry.line}\n'
            if entry._carets:
                text += f'    {entry._carets}\n'
        if entry.locals:
            text += ''.join(f'    {name} = {value}\n'
                            for name, value in sorted(entry.locals.items()))
        return text

    def format(self):
        """A text for each entry; the fourth and later ones of equal entries are counted."""
        texts, place, count = [], None, 0
        for entry in self:
            if (entry.filename, entry.lineno, entry.name) != place:
                texts += _repeated(count)
                place, count = (entry.filename, entry.lineno, entry.name), 0
            count += 1
            if count <= _REPEATS_SHOWN:
                text = self.format_frame_summary(entry)
                if text is not None:
                    texts.append(text)
        return texts + _repeated(count)


def _repeated(count):
    more = count - _REPEATS_SHOWN
    return [f'  [Previous line repeated {more} more time{"s" if more > 1 else ""}]\n'] \
        if more > 0 else []


def walk_tb(tb):
    """Frames and lines of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _entries(tb):
    while tb is not None:
        yield tb
        tb = tb.tb_next


def extract_tb(tb, limit=None):
    found = StackSummary()
    for each in _limited(_entries(tb), limit):
        code = each.tb_frame.f_code
        entry = FrameSummary(code.co_filename, each.tb_lineno, code.co_name)
        # CPython aligns with the shown line, which is indented by four.
        entry._carets = _carets(each, entry._line)[4:]
        found.append(entry)
    return found


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def _safe(value, what, convert=str):
    try:
        return convert(value)
    except:
        return f'<{what} {convert.__name__}() failed>'


class _Margins:
    """Indents what a tree of exception groups prints."""

    def __init__(self):
        self.depth = 0
        self.needs_end = False

    def indent(self):
        return ' ' * (2 * self.depth)

    def emit(self, texts, sign='|'):
        prefix = self.indent() + (f'{sign} ' if self.depth else '')
        for text in [texts] if isinstance(texts, str) else texts:
            yield ''.join(prefix + line for line in text.splitlines(True)) if self.depth else text


class TracebackException:
    """An exception as it was when this was made: its texts do not keep its frames alive."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width, self.max_group_depth = max_group_width, max_group_depth
        self.stack = extract_tb(exc_traceback, limit)
        self.exc_type = exc_type
        self._str = _safe(exc_value, 'exception')
        self.__notes__ = getattr(exc_value, '__notes__', None)
        self._take_syntax(exc_value)
        options = {'limit': limit, 'max_group_width': max_group_width,
                   'max_group_depth': max_group_depth, '_seen': seen}
        self.__suppress_context__ = getattr(exc_value, '__suppress_context__', False)
        self.__cause__ = self._other(getattr(exc_value, '__cause__', None), options)
        context = getattr(exc_value, '__context__', None)
        hidden = compact and (self.__cause__ is not None or self.__suppress_context__)
        self.__context__ = None if hidden else self._other(context, options)
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [TracebackException(type(each), each, each.__traceback__, **options)
                               for each in exc_value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def _other(self, error, options):
        if error is None or id(error) in options['_seen']:
            return None
        return TracebackException(type(error), error, error.__traceback__, **options)

    def _take_syntax(self, error):
        if not isinstance(error, SyntaxError):
            return
        self.filename, self.text, self.msg = error.filename, error.text, error.msg
        self.lineno = None if error.lineno is None else str(error.lineno)
        self.end_lineno = None if error.end_lineno is None else str(error.end_lineno)
        self.offset, self.end_offset = error.offset, error.end_offset

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) \
            else NotImplemented

    def __str__(self):
        return self._str

    def _name(self):
        module, name = self.exc_type.__module__, self.exc_type.__qualname__
        if module in ('__main__', 'builtins'):
            return name
        return f'{module if isinstance(module, str) else "<unknown>"}.{name}'

    def format_exception_only(self):
        """Its last lines: one text, more for a SyntaxError and for notes."""
        if self.exc_type is None:
            yield _last_line(None, self._str)
            return
        if issubclass(self.exc_type, SyntaxError):
            yield from self._syntax_texts()
        else:
            yield _last_line(self._name(), self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple, str)):
            for note in notes:
                yield from (line + '\n' for line in _safe(note, 'note').split('\n'))
        elif notes is not None:
            yield _safe(notes, '__notes__', repr)

    def _syntax_texts(self):
        place = ''
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            place = f' ({self.filename})'
        if self.text is not None:
            yield from self._syntax_line()
        yield f'{self._name()}: {self.msg or "<no detail available>"}{place}\n'

    def _syntax_line(self):
        line = self.text.rstrip('\n')
        shown = line.lstrip(' \n\f')
        yield f'    {shown}\n'
        if self.offset is None:
            return
        begin, end = self.offset, self.end_offset or self.offset
        if end in (begin, -1):
            end = begin + 1
        column = begin - 1 - (len(line) - len(shown))
        if column >= 0:
            blanks = ''.join(c if c.isspace() else ' ' for c in shown[:column])
            yield f'    {blanks}{"^" * (end - begin)}\n'

    def format(self, *, chain=True, _ctx=None):
        """All its texts, in the order of printing; each ends with a line end."""
        margins = _Margins() if _ctx is None else _ctx
        links = [(None, self)]
        while chain:
            error = links[-1][1]
            if error.__cause__ is not None:
                links[-1] = (_CAUSE, error)
                links.append((None, error.__cause__))
            elif error.__context__ is not None and not error.__suppress_context__:
                links[-1] = (_CONTEXT, error)
                links.append((None, error.__context__))
            else:
                break
        for message, error in reversed(links):
            if message is not None:
                yield from margins.emit(message)
            if error.exceptions is None:
                yield from error._format_one(margins)
            elif margins.depth > self.max_group_depth:
                yield from margins.emit(f'... (max_group_depth is {self.max_group_depth})\n')
            else:
                yield from error._format_group(margins, chain)

    def _format_one(self, margins):
        if self.stack:
            yield from margins.emit(_HEADER)
            yield from margins.emit(self.stack.format())
        yield from margins.emit(self.format_exception_only())

    def _format_group(self, margins, chain):
        outermost = margins.depth == 0
        if outermost:
            margins.depth = 1
        if self.stack:
            yield from margins.emit('Exception Group ' + _HEADER, '+' if outermost else '|')
            yield from margins.emit(self.stack.format())
        yield from margins.emit(self.format_exception_only())
        shown = min(len(self.exceptions), self.max_group_width + 1)
        margins.needs_end = False
        for number, error in enumerate(self.exceptions[:shown], 1):
            if number == shown:
                margins.needs_end = True
            cut = number > self.max_group_width
            title = '...' if cut else number
            yield (f'{margins.indent()}{"+-" if number == 1 else "  "}'
                   f'+---------------- {title} ----------------\n')
            margins.depth += 1
            if cut:
                more = len(self.exceptions) - self.max_group_width
                yield from margins.emit(f'and {more} more exception{"s" if more > 1 else ""}\n')
            else:
                yield from error.format(chain=chain, _ctx=margins)
            if number == shown and margins.needs_end:
                yield margins.indent() + '+------------------------------------\n'
                margins.needs_end = False
            margins.depth -= 1
        if outermost:
            margins.depth = 0

    def print(self, *, file=None, chain=True):
        _print_all(self.format(chain=chain), file)


def _last_line(name, text):
    return f'{name}: {text}\n' if text else f'{name}\n'


def _print_all(texts, file):
    for text in texts:
        print(text, file=sys.stderr if file is None else file, end='')


def _summary(exc, value, tb, **options):
    """Of the arguments of format_exception: an exception, or the three of sys.exc_info()."""
    if (value is _MISSING) != (tb is _MISSING):
        raise ValueError('Both or neither of value and tb must be given')
    if value is _MISSING:
        if exc is not None and not isinstance(exc, BaseException):
            raise TypeError(f'Exception expected for value, {type(exc).__name__} found')
        value, tb = exc, None if exc is None else exc.__traceback__
    return TracebackException(type(value), value, tb, compact=True, **options)


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    return list(_summary(exc, value, tb, limit=limit).format(chain=chain))


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True):
    _summary(exc, value, tb, limit=limit).print(file=file, chain=chain)


def format_exception_only(exc, /, value=_MISSING):
    """The last lines of what is printed for an exception."""
    value = exc if value is _MISSING else value
    return list(_summary(type(value), value, None).format_exception_only())


def format_exc(limit=None, chain=True):
    """The text of the exception that is handled."""
    return ''.join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    """The exception that ended the last command of an interactive session."""
    if not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_list(extracted_list, file=None):
    _print_all(format_list(extracted_list), file)


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def clear_frames(tb):
    """Frames that have ended keep nothing here."""
