"""What was warned of, in the blocks of tests."""
import text_pattern


class _Recorder:
    def __init__(self, found):
        self.warnings = found
        self.seen = 0

    def __getattr__(self, name):
        if len(self.warnings) > self.seen:
            return getattr(self.warnings[-1], name)
        return None

    def reset(self):
        self.seen = len(self.warnings)


class check_warnings:
    """The block gives the warnings that it is said to give, and, unless quiet, no others."""

    def __init__(self, *filters, quiet=None):
        self.filters = filters or (("", Warning),)
        self.quiet = not filters if quiet is None else quiet

    def __enter__(self):
        import warnings
        self.manager = warnings.catch_warnings(record=True)
        found = self.manager.__enter__()
        warnings.simplefilter("always")
        self.recorder = _Recorder(found)
        return self.recorder

    def __exit__(self, kind, error, traceback):
        self.manager.__exit__(kind, error, traceback)
        if kind is not None:
            return False
        rest = [item.message for item in self.recorder.warnings]
        for pattern, category in self.filters:
            matching = [item for item in rest if isinstance(item, category)
                        and text_pattern.found(pattern, str(item))]
            if not matching and not self.quiet:
                raise AssertionError(f"filter ({pattern!r}, {category.__name__}) not caught")
            rest = [item for item in rest if item not in matching]
        if rest and not self.quiet:
            raise AssertionError(f"unhandled warning {rest[0]}")
        return None


class check_no_warnings:
    def __init__(self, case, message="", category=Warning, force_gc=False):
        self.case, self.message, self.category = case, message, category

    def __enter__(self):
        import warnings
        self.manager = warnings.catch_warnings(record=True)
        self.found = self.manager.__enter__()
        warnings.filterwarnings("always", message=self.message, category=self.category)

    def __exit__(self, *error):
        self.manager.__exit__(*error)
        self.case.assertEqual(self.found, [])


def check_no_resource_warning(case):
    return check_no_warnings(case, category=ResourceWarning, force_gc=True)


def ignore_warnings(*, category):
    def decorate(function):
        def run(self, *args, **kwargs):
            import warnings
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return function(self, *args, **kwargs)
        return run
    return decorate


def check_syntax_warning(case, statement, errtext="", *, lineno=1, offset=None):
    with case.assertWarnsRegex(SyntaxWarning, errtext):
        compile(statement, "<testcase>", "exec")
