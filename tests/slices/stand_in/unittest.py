"""What a slice needs of unittest, in a form that any Python with classes and exceptions can run."""
import sys

import text_pattern


class SkipTest(Exception):
    pass


class _ShouldStop(Exception):
    pass


class TestCase:
    """Assertions, fixtures and subtests; a method's outcome is made by `outcome_of`."""

    failureException = AssertionError
    maxDiff = None
    longMessage = True

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []
        self._subtest_failures = []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def id(self):
        return f"{type(self).__name__}.{self._testMethodName}"

    def __repr__(self):
        return f"<{self.id()}>"

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def enterContext(self, manager):
        result = type(manager).__enter__(manager)
        self.addCleanup(type(manager).__exit__, manager, None, None, None)
        return result

    def subTest(self, msg=None, **params):
        return _SubTest(self, msg, params)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _check(self, holds, text, msg):
        if not holds:
            raise self.failureException(text if msg is None else f"{text} : {msg}")

    def assertTrue(self, value, msg=None):
        self._check(value, f"{value!r} is not true", msg)

    assert_ = assertTrue

    def assertFalse(self, value, msg=None):
        self._check(not value, f"{value!r} is not false", msg)

    def assertEqual(self, first, second, msg=None):
        if not first == second:
            self._check(False, f"{first!r} != {second!r}", msg)

    assertEquals = assertListEqual = assertTupleEqual = assertDictEqual = assertEqual
    assertSetEqual = assertMultiLineEqual = assertEqual

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        same = len(first) == len(second) and all(a == b for a, b in zip(first, second))
        self._check(same, "sequences differ", msg)

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), list(second)
        for item in first[:]:
            if item in second:
                first.remove(item)
                second.remove(item)
        self._check(not first and not second, f"counts differ: {first!r}, {second!r}", msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._check(False, f"{first!r} == {second!r}", msg)

    def assertIs(self, first, second, msg=None):
        if first is not second:
            self._check(False, f"{first!r} is not {second!r}", msg)

    def assertIsNot(self, first, second, msg=None):
        if first is second:
            self._check(False, f"unexpectedly identical: {first!r}", msg)

    def assertIsNone(self, value, msg=None):
        if value is not None:
            self._check(False, f"{value!r} is not None", msg)

    def assertIsNotNone(self, value, msg=None):
        self._check(value is not None, "unexpectedly None", msg)

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._check(False, f"{member!r} not found in {container!r}", msg)

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._check(False, f"{member!r} unexpectedly found in {container!r}", msg)

    def assertIsInstance(self, value, cls, msg=None):
        if not isinstance(value, cls):
            self._check(False, f"{value!r} is not an instance of {cls!r}", msg)

    def assertNotIsInstance(self, value, cls, msg=None):
        if isinstance(value, cls):
            self._check(False, f"{value!r} is an instance of {cls!r}", msg)

    def assertLess(self, first, second, msg=None):
        if not first < second:
            self._check(False, f"{first!r} not less than {second!r}", msg)

    def assertLessEqual(self, first, second, msg=None):
        if not first <= second:
            self._check(False, f"{first!r} not less than or equal to {second!r}", msg)

    def assertGreater(self, first, second, msg=None):
        if not first > second:
            self._check(False, f"{first!r} not greater than {second!r}", msg)

    def assertGreaterEqual(self, first, second, msg=None):
        if not first >= second:
            self._check(False, f"{first!r} not greater than or equal to {second!r}", msg)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        difference = abs(first - second)
        if delta is not None:
            close = difference <= delta
        else:
            close = round(difference, 7 if places is None else places) == 0
        self._check(close, f"{first!r} != {second!r} within limits", msg)

    def assertNotAlmostEqual(self, first, second, places=7, msg=None):
        self._check(round(abs(first - second), places) != 0, f"{first!r} == {second!r}", msg)

    def assertRegex(self, text, pattern, msg=None):
        self._check(text_pattern.found(pattern, text), f"{pattern!r} not found in {text!r}", msg)

    def assertNotRegex(self, text, pattern, msg=None):
        self._check(not text_pattern.found(pattern, text), f"{pattern!r} found in {text!r}", msg)

    def assertRaises(self, expected, *args, **kwargs):
        return _Raises(self, expected, None).start(args, kwargs)

    failUnlessRaises = assertRaises

    def assertRaisesRegex(self, expected, pattern, *args, **kwargs):
        return _Raises(self, expected, pattern).start(args, kwargs)

    def assertWarns(self, expected, *args, **kwargs):
        return _Warns(self, expected, None).start(args, kwargs)

    def assertWarnsRegex(self, expected, pattern, *args, **kwargs):
        return _Warns(self, expected, pattern).start(args, kwargs)


class _Expectation:
    """Of a call, or of a `with` block."""

    def __init__(self, case, expected, pattern):
        self.case = case
        self.expected = expected
        self.pattern = pattern

    def start(self, args, kwargs):
        if not args:
            return self
        function, *rest = args
        with self:
            function(*rest, **kwargs)
        return None

    def describe(self):
        if isinstance(self.expected, tuple):
            return ", ".join(item.__name__ for item in self.expected)
        return self.expected.__name__

    def check_text(self, text):
        if self.pattern is not None and not text_pattern.found(self.pattern, text):
            raise self.case.failureException(f"{self.pattern!r} does not match {text!r}")


class _Raises(_Expectation):
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            raise self.case.failureException(f"{self.describe()} not raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        self.check_text(str(error))
        return True


class _Warns(_Expectation):
    def __enter__(self):
        import warnings
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self.manager = warnings.catch_warnings(record=True)
        self.warnings = self.manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, error, traceback):
        self.manager.__exit__(kind, error, traceback)
        if kind is not None:
            return False
        for item in self.warnings:
            warning = item.message
            if isinstance(warning, self.expected) and (
                    self.pattern is None or text_pattern.found(self.pattern, str(warning))):
                self.warning = warning
                self.filename = item.filename
                self.lineno = item.lineno
                return None
        raise self.case.failureException(f"{self.describe()} not triggered")


class _SubTest:
    """A failure inside is noted, and the test goes on."""

    def __init__(self, case, msg, params):
        self.case = case
        self.label = ", ".join([str(msg)] * (msg is not None) +
                               [f"{name}={value!r}" for name, value in params.items()])

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            return False
        if issubclass(kind, SkipTest):
            return True
        if not issubclass(kind, Exception):
            return False
        self.case._subtest_failures.append(f"({self.label}) {described(error)}")
        return True


def described(error):
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{name}: {text}" if text else name


def skip(reason):
    def decorate(item):
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item
    if callable(reason):
        function, reason = reason, ""
        return decorate(function)
    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


def _run_fixtures(case, function):
    case.setUp()
    try:
        function()
    finally:
        case.tearDown()


def outcome_of(cls, name):
    """What the method did: passed, skipped, failed; with the exception that says why."""
    case = cls(name)
    function = getattr(case, name)
    for item in (cls, function):
        if getattr(item, "__unittest_skip__", False):
            return f"skipped: {item.__unittest_skip_why__}"
    expecting = getattr(function, "__unittest_expecting_failure__", False)
    try:
        cls.setUpClass()
        try:
            _run_fixtures(case, function)
        finally:
            case.doCleanups()
            cls.tearDownClass()
    except SkipTest as error:
        return f"skipped: {error}"
    except Exception as error:
        return "passed" if expecting else f"failed: {described(error)}"
    if case._subtest_failures:
        return "passed" if expecting else "failed: " + "; ".join(case._subtest_failures)
    return "failed: unexpected success" if expecting else "passed"


def _repetitions():
    return int(sys.argv[1]) if len(sys.argv) > 1 else 1


def run_slice(classes, name):
    """Runs one method, as often as the command line says; later outcomes show when they differ."""
    good = True
    first = {}
    for turn in range(_repetitions()):
        for cls in classes:
            outcome = outcome_of(cls, name)
            if first.setdefault(cls.__name__, outcome) != outcome or turn == 0:
                print(f"{cls.__name__}.{name}: {outcome}")
            good = good and not outcome.startswith("failed")
    sys.exit(0 if good else 1)


class _Unheard:
    def write(self, text):
        return len(text)

    def flush(self):
        pass


def run_example(names, sources):
    """Runs doctest sources as one typed them; only the last one's output is seen, and only once."""
    for turn in range(_repetitions()):
        space = dict(names)
        space["__name__"] = "__main__"
        heard = sys.stdout
        sys.stdout = _Unheard()
        for index, source in enumerate(sources):
            last = index == len(sources) - 1
            if last and turn == 0:
                sys.stdout = heard
            try:
                exec(compile(source, "<doctest>", "single"), space)
            except Exception as error:
                if last:
                    print("Traceback (most recent call last):")
                    print(described(error))
        sys.stdout = _Unheard()
        space.clear()
        sys.stdout = heard
    sys.stdout = _Unheard()


def main(*args, **kwargs):
    pass
