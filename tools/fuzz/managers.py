"""The context managers and exceptions of programs: each program has those that it mentions."""
import re

SHARED = {
    "E0": """
class E0(ValueError):
    pass
""",
    "E1": """
class E1(E0, KeyError):
    def __str__(self):
        return 'E1 with %r' % (self.args,)
""",
    "E2": """
class E2(Exception):
    def __init__(self, *arguments):
        super().__init__('made by', *arguments)
        self.count = len(arguments)
""",
    "Quiet": """
class Quiet:
    def __init__(self, value):
        self.value = value
    def __enter__(self):
        return self.value
    def __exit__(self, kind, error, traceback):
        self.value = None
""",
    "Suppressing": """
class Suppressing(Quiet):
    def __init__(self, value, caught):
        super().__init__(value)
        self.caught = caught
    def __exit__(self, kind, error, traceback):
        out('leaving', error)
        return error is not None and isinstance(error, self.caught)
""",
    "FailingExit": """
class FailingExit(Quiet):
    def __init__(self, value, failure):
        self.value, self.failure = value, failure
    def __exit__(self, kind, error, traceback):
        raise self.failure('in exit')
""",
    "FailingEnter": """
class FailingEnter(Quiet):
    def __init__(self, value, failure):
        self.value, self.failure = value, failure
    def __enter__(self):
        raise self.failure('in enter')
""",
    "Replacing": """
class Replacing(Quiet):
    def __init__(self, value, failure):
        self.value, self.failure = value, failure
    def __exit__(self, kind, error, traceback):
        if error is not None:
            raise self.failure('replaced') from error
""",
    "OddTruth": """
class Truth:
    def __init__(self, truth):
        self.truth = truth
    def __bool__(self):
        if self.truth:
            raise RuntimeError('no truth')
        return True
class OddTruth:
    def __init__(self, value, truth):
        self.value, self.truth = value, truth
    def __enter__(self):
        return self.value
    def __exit__(self, *error):
        return Truth(self.truth)
""",
    "Incomplete": """
class Incomplete:
    def __enter__(self):
        return 1
""",
    "by_hand": """
class ByHand:
    def __init__(self, generator):
        self.generator = generator
    def __enter__(self):
        return next(self.generator)
    def __exit__(self, kind, error, traceback):
        if error is None:
            try:
                next(self.generator)
            except StopIteration:
                return False
            raise RuntimeError('more than one value')
        try:
            self.generator.throw(error)
        except StopIteration as stop:
            return stop is not error
        except BaseException as raised:
            if raised is error:
                return False
            raise
        raise RuntimeError('no end')
def by_hand(function):
    return lambda *arguments: ByHand(function(*arguments))
""",
    "made_by_hand": """
@by_hand
def made_by_hand(value):
    try:
        yield value
    finally:
        out('left', value)
""",
    "catching": """
@by_hand
def catching(value):
    try:
        yield value
    except (ValueError, LookupError) as error:
        out('caught', error)
""",
    "yields_twice": """
@by_hand
def yields_twice(value):
    yield value
    yield value
""",
    "never_yields": """
@by_hand
def never_yields(value):
    if not value:
        yield value
""",
    "made_by_contextlib": """
@contextmanager
def made_by_contextlib(value):
    try:
        yield value
    finally:
        out('left', value)
""",
    "catching_contextlib": """
@contextmanager
def catching_contextlib(value):
    with made_by_contextlib(value) as inner:
        try:
            yield inner
        except (ValueError, LookupError) as error:
            raise E2(error)
        except ArithmeticError:
            pass
""",
    "contextmanager": """
from contextlib import contextmanager
""",
    "Checked": """
class Checked:
    def __set_name__(self, owner, name):
        self.name = '_' + name
    def __get__(self, one, owner=None):
        return self if one is None else getattr(one, self.name)
    def __set__(self, one, value):
        setattr(one, self.name, value)
    def __delete__(self, one):
        delattr(one, self.name)
""",
    "Constant": """
class Constant:
    def __init__(self, value):
        self.value = value
    def __get__(self, one, owner=None):
        return self.value
""",
}


def mentioned(text):
    """The definitions that a text needs, those first that others need."""
    needed = {}

    def add(text):
        for name in sorted(set(re.findall(r"\w+", text)) & set(SHARED)):
            if name not in needed:
                needed[name] = None
                add(SHARED[name].replace(f"class {name}", ""))
                needed[name] = needed.pop(name) or SHARED[name]
    add(text)
    return "".join(needed.values()).strip("\n").split("\n") if needed else []
