"""Warnings: filters that say what becomes of one, and where they go.

A filter is (action, message, category, module, line); the first that fits decides. Messages and modules
are compared as the beginning of a text, without regular expressions; a place is known by its category
and text alone, since callers are not looked at.
"""

import sys

__all__ = ['catch_warnings', 'filterwarnings', 'formatwarning', 'resetwarnings', 'showwarning',
           'simplefilter', 'warn', 'warn_explicit']

_ACTIONS = ('error', 'ignore', 'always', 'default', 'module', 'once')
filters = [('default', None, DeprecationWarning, '__main__', 0),
           ('ignore', None, DeprecationWarning, None, 0),
           ('ignore', None, PendingDeprecationWarning, None, 0),
           ('ignore', None, ImportWarning, None, 0),
           ('ignore', None, ResourceWarning, None, 0)]
_seen = set()


class WarningMessage:
    """A warning and its place."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f'{{message : {self.message!r}, category : {self._category_name!r}, '
                f'filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}')


def formatwarning(message, category, filename, lineno, line=None):
    text = f'{filename}:{lineno}: {category.__name__}: {message}\n'
    return text + f'  {line.strip()}\n' if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, by default the standard error."""
    file = sys.stderr if file is None else file
    if file is not None:
        file.write(formatwarning(message, category, filename, lineno, line))


_plain_showwarning = showwarning


def _check(action, category, lineno):
    if action not in _ACTIONS:
        raise AssertionError(f'invalid action: {action!r}')
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise AssertionError('category must be a Warning subclass')
    if not isinstance(lineno, int) or lineno < 0:
        raise AssertionError('lineno must be an int >= 0')


def _add(entry, append):
    if append:
        if entry not in filters:
            filters.append(entry)
        return
    if entry in filters:
        filters.remove(entry)
    filters.insert(0, entry)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    _check(action, category, lineno)
    _add((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    _check(action, category, lineno)
    _add((action, None, category, None, lineno), append)


def resetwarnings():
    filters.clear()


def _action_for(text, category, module, lineno):
    for action, message, wanted, where, line in filters:
        if (issubclass(category, wanted) and (message is None or text.lower().startswith(
                message.lower())) and (where is None or module == where)
                and line in (0, lineno)):
            return action
    return 'default'


def _show(item):
    if showwarning is _plain_showwarning and _recorders:
        _recorders[-1].append(item)
    elif showwarning is _plain_showwarning:
        _plain_showwarning(item.message, item.category, item.filename, item.lineno, item.file,
                           item.line)
    else:
        showwarning(item.message, item.category, item.filename, item.lineno, item.file, item.line)


def warn_explicit(message, category, filename, lineno, module=None, registry=None,
                  module_globals=None, source=None):
    """A warning of a place that the caller knows."""
    if isinstance(message, Warning):
        category = type(message)
        text = str(message)
    else:
        text = str(message)
        message = category(message)
    action = _action_for(text, category, module or '__main__', lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    place = text, category, None if action == 'once' else (filename, lineno)
    if action != 'always' and place in _seen:
        return
    _seen.add(place)
    _show(WarningMessage(message, category, filename, lineno, source=source))


def warn(message, category=None, stacklevel=1, source=None):
    """A warning, unless the filters ignore it; an exception where they say so."""
    if isinstance(message, Warning):
        category = type(message)
    category = UserWarning if category is None else category
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, "
                        f"not '{type(category).__name__}'")
    warn_explicit(message, category, sys.argv[0] if sys.argv else '<string>', 1, source=source)


_recorders = []


class catch_warnings:
    """Filters changed in the block are as before after it; `record` gives a list of what is shown."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._record, self._entered = record, False
        self._filter = None if action is None else (action, category, lineno, append)

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        global showwarning
        self._entered = True
        self._before = filters[:], showwarning, _recorders[:]
        if self._filter is not None:
            simplefilter(*self._filter)
        if not self._record:
            return None
        found = []
        _recorders.append(found)
        showwarning = _plain_showwarning
        _seen.clear()
        return found

    def __exit__(self, *error):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        global showwarning
        filters[:], showwarning, _recorders[:] = self._before
