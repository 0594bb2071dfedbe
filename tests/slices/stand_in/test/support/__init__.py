"""What slices need of test.support; equal on every runtime, each built-in module imported where used."""
import sys
import unittest

verbose = False
failfast = False
use_resources = None
max_memuse = 0
real_max_memuse = 0
_1M = 1 << 20
_1G = 1 << 30
_2G = 1 << 31
_4G = 1 << 32
Py_DEBUG = False
is_wasi = is_emscripten = is_android = is_jython = check_sanitizer = False
has_fork_support = has_subprocess_support = True
TEST_HOME_DIR = "/usr/lib/python3.11/test"
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0
MS_WINDOWS = False


class TestFailed(Exception):
    pass


class ResourceDenied(unittest.SkipTest):
    pass


def _same(item):
    return item


cpython_only = _same
requires_docstrings = _same
requires_IEEE_754 = _same
refcount_test = _same
no_tracing = _same
anticipate_failure = unittest.expectedFailure
HAVE_DOCSTRINGS = MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True


def _always(*args, **kwargs):
    return _same


requires_subprocess = requires_fork = requires_debug_ranges = _always
requires_working_socket = requires_specialization = requires_gil_enabled = _always
skip_if_broken_multiprocessing_synchronize = _always


def impl_detail(msg=None, **guards):
    return _same


def check_impl_detail(**guards):
    return guards.get("cpython", not any(guards.values()))


def skip_if_buildbot(reason=None):
    return _same


def skip_if_sanitizer(*args, **kwargs):
    return _same


def requires_resource(resource):
    return unittest.skip(f"resource {resource!r} is not enabled")


def requires(resource, msg=None):
    raise ResourceDenied(msg or f"resource {resource!r} is not enabled")


def is_resource_enabled(resource):
    return False


def bigmemtest(size, memuse, dry_run=True):
    """Only in small: what unittest does without a limit of memory."""
    def decorate(function):
        def run_small(self):
            return function(self, 5147)
        return run_small
    return decorate


def bigaddrspacetest(function):
    return unittest.skip("needs a large address space")(function)


def gc_collect():
    import gc
    gc.collect()
    gc.collect()
    gc.collect()


class disable_gc:
    def __enter__(self):
        import gc
        self.enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *error):
        import gc
        if self.enabled:
            gc.enable()


class gc_threshold:
    def __init__(self, *limits):
        self.limits = limits

    def __enter__(self):
        import gc
        self.before = gc.get_threshold()
        gc.set_threshold(*self.limits)

    def __exit__(self, *error):
        import gc
        gc.set_threshold(*self.before)


class infinite_recursion:
    def __init__(self, max_depth=75):
        self.depth = max_depth

    def __enter__(self):
        self.before = sys.getrecursionlimit()
        sys.setrecursionlimit(self.depth + 40)

    def __exit__(self, *error):
        sys.setrecursionlimit(self.before)


class swap_attr:
    """An attribute has another value, or is new, inside the block."""

    def __init__(self, owner, name, value):
        self.owner, self.name, self.value = owner, name, value

    def __enter__(self):
        self.existed = hasattr(self.owner, self.name)
        self.before = getattr(self.owner, self.name, None)
        setattr(self.owner, self.name, self.value)
        return self.before

    def __exit__(self, *error):
        if self.existed:
            setattr(self.owner, self.name, self.before)
        elif hasattr(self.owner, self.name):
            delattr(self.owner, self.name)


class swap_item:
    def __init__(self, owner, name, value):
        self.owner, self.name, self.value = owner, name, value

    def __enter__(self):
        self.existed = self.name in self.owner
        self.before = self.owner[self.name] if self.existed else None
        self.owner[self.name] = self.value
        return self.before

    def __exit__(self, *error):
        if self.existed:
            self.owner[self.name] = self.before
        elif self.name in self.owner:
            del self.owner[self.name]


class _Text:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)
        return len(text)

    def getvalue(self):
        return "".join(self.parts)

    def flush(self):
        pass


class captured_output:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.before = getattr(sys, self.name)
        text = _Text()
        setattr(sys, self.name, text)
        return text

    def __exit__(self, *error):
        setattr(sys, self.name, self.before)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


class catch_unraisable_exception:
    """What `sys.unraisablehook` was last given."""

    def __init__(self):
        self.unraisable = None

    def hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self.before = sys.unraisablehook
        sys.unraisablehook = self.hook
        return self

    def __exit__(self, *error):
        sys.unraisablehook = self.before
        del self.unraisable


class _AlwaysEqual:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NeverEqual:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


class _Largest:
    """Greater than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _Largest)

    def __lt__(self, other):
        return False

    def __gt__(self, other):
        return not self == other

    def __le__(self, other):
        return self == other

    def __ge__(self, other):
        return True


class _Smallest:
    """Less than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _Smallest)

    def __gt__(self, other):
        return False

    def __lt__(self, other):
        return not self == other

    def __ge__(self, other):
        return self == other

    def __le__(self, other):
        return True


ALWAYS_EQ = _AlwaysEqual()
NEVER_EQ = _NeverEqual()
LARGEST = _Largest()
SMALLEST = _Smallest()


def get_attribute(owner, name):
    try:
        return getattr(owner, name)
    except AttributeError:
        raise unittest.SkipTest(f"object {owner!r} has no attribute {name!r}")


def check_syntax_error(case, statement, errtext="", *, lineno=None, offset=None):
    with case.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    case.assertIsNotNone(error.lineno)
    if lineno is not None:
        case.assertEqual(error.lineno, lineno)
    case.assertIsNotNone(error.offset)
    if offset is not None:
        case.assertEqual(error.offset, offset)


def check_free_after_iterating(case, iterator, cls, args=()):
    """An iterator that came to its end has given up what it iterated over."""
    done = False

    def free(self):
        nonlocal done
        done = True
        try:
            next(walker)
        except StopIteration:
            pass

    watched = type("A", (cls,), {"__del__": free})
    walker = iterator(watched(*args))
    case.assertRaises(StopIteration, next, walker)
    gc_collect()
    case.assertTrue(done)


def set_memlimit(limit):
    pass


def check_disallow_instantiation(case, kind, *args, **kwargs):
    module = kind.__module__
    name = kind.__name__ if module == "builtins" else f"{module}.{kind.__name__}"
    pattern = f"cannot create '{name}' instances"
    case.assertRaisesRegex(TypeError, pattern, kind, *args, **kwargs)


def collision_stats(nbins, nballs):
    """Mean and deviation of collisions when balls fall into bins at random."""
    import math
    occupied = nbins * -math.expm1(nballs * math.log1p(-1.0 / nbins))
    pairs = nbins * (nbins - 1) * math.exp(nballs * math.log1p(-2.0 / nbins))
    single = nbins * math.exp(nballs * math.log1p(-1.0 / nbins))
    variance = pairs + single * (1 - single)
    return nballs - occupied, math.sqrt(max(variance, 0.0))


NHASHBITS = 64


def calcobjsize(fmt):
    import struct
    return struct.calcsize("nP" + fmt + "0n")


def calcvobjsize(fmt):
    import struct
    return struct.calcsize("nPn" + fmt + "0n")


def check_sizeof(case, value, size):
    import _testinternalcapi
    expected = size
    if hasattr(type(value), "__flags__") and type(value).__flags__ & (1 << 14):
        expected += _testinternalcapi.SIZEOF_PYGC_HEAD
    case.assertEqual(sys.getsizeof(value), expected)
