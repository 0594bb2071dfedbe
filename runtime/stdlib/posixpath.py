"""Paths as texts: their parts, and what lies there."""

from posix import _mode, _realpath, getcwd

curdir, pardir, sep, extsep, pathsep = '.', '..', '/', '.', ':'
altsep = None

_KIND, _FOLDER, _FILE = 0o170000, 0o040000, 0o100000


def isabs(s):
    return s.startswith(sep)


def join(a, *p):
    """The parts with a slash between; one that is absolute drops what stands before it."""
    path = a
    for part in p:
        if part.startswith(sep):
            path = part
        elif not path or path.endswith(sep):
            path += part
        else:
            path += sep + part
    return path


def split(p):
    """What stands before the last slash, without its slashes unless it is all slashes; the rest."""
    at = p.rfind(sep) + 1
    head, tail = p[:at], p[at:]
    return head.rstrip(sep) or head, tail


def dirname(p):
    return split(p)[0]


def basename(p):
    return split(p)[1]


def splitext(p):
    """The path and its last extension; dots that begin the name are no extension."""
    folder, name = p[:p.rfind(sep) + 1], p[p.rfind(sep) + 1:]
    begin = len(name) - len(name.lstrip('.'))
    at = name.rfind('.')
    if at < begin:
        return p, ''
    return folder + name[:at], name[at:]


def normpath(path):
    """Without double slashes, `.` and what `..` undoes."""
    if not path:
        return curdir
    slashes = 2 if path.startswith('//') and not path.startswith('///') else path.startswith(sep)
    kept = []
    for part in path.split(sep):
        if part in ('', curdir):
            continue
        if part != pardir or not slashes and not kept or kept and kept[-1] == pardir:
            kept.append(part)
        elif kept:
            kept.pop()
    return sep * slashes + sep.join(kept) or curdir


def abspath(path):
    return normpath(path if isabs(path) else join(getcwd(), path))


def realpath(filename):
    """The absolute path without symbolic links."""
    return _realpath(abspath(filename))


def exists(path):
    return _mode(path) != 0


def isdir(s):
    return _mode(s) & _KIND == _FOLDER


def isfile(path):
    return _mode(path) & _KIND == _FILE
