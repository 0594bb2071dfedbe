"""Modules by name, or the test is skipped where there is none."""
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return __import__(name, fromlist=["*"])
    except ImportError as error:
        raise unittest.SkipTest(str(error))


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """A second copy of a module, made without those that are blocked."""
    import sys
    names = {name, *fresh, *blocked}
    saved = {key: module for key, module in sys.modules.items()
             if key in names or any(key.startswith(part + ".") for part in names)}
    for key in saved:
        del sys.modules[key]
    for key in blocked:
        sys.modules[key] = None
    try:
        for key in fresh:
            __import__(key)
        return __import__(name, fromlist=["*"])
    except ImportError:
        return None
    finally:
        for key in names:
            sys.modules.pop(key, None)
        sys.modules.update(saved)
