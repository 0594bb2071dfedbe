"""Makes a program that differs small: statements, then what they are made of, then expressions."""
import ast
import re

from programs import ProgramRunner  # noqa: F401  (puts tests/model on the path)
from minimize import Minimizer

# Lists that belong to another list of the same node.
PAIRED = ("keys", "ops", "comparators")
PAIRED_IN = {"values": ast.Dict, "patterns": ast.MatchMapping, "kwd_attrs": ast.MatchClass}
CONSTANTS = (0, None, "")
# The verifier's rule, in the message about code that it rejects.
RULE = re.compile(r"`: ([a-z-]+): ")


def kind(difference):
    """What must stay the same while a program gets smaller: how it differs."""
    if "stays interpreted" in difference.text:
        return "rejected " + ", ".join(RULE.findall(difference.text)[:1])
    if difference.text.startswith("status"):
        return "ended"
    return "output, ended early" if "ended by" in difference.text else "output"


class Reducer(Minimizer):
    """Removes parts of the trees of the programs that are left."""

    def __init__(self, runner, difference, seconds):
        super().__init__(runner, difference.first, difference.mode, seconds)
        self.kind = kind(difference)

    def found(self):
        return [difference for difference in super().found() if kind(difference) == self.kind]

    def minimize(self, sequences, number):
        for program in sequences:
            program.parse()
        return super().minimize(sequences, number)

    def differs(self):
        """Whether the programs are still programs, and still differ."""
        try:
            for program in self.sequences:
                compile("\n".join(program.lines()), "smaller", "exec")
        except (SyntaxError, ValueError, AttributeError, TypeError, IndexError):
            return False
        return super().differs()

    def shrink(self, nodes):
        for tree in nodes:
            self.drop_statements(tree)
            self.unwrap_statements(tree)
            self.drop_items(tree)
            self.simplify_expressions(tree)

    def drop_statements(self, tree):
        for node in walk(tree):
            for name, items in ast.iter_fields(node):
                if isinstance(items, list) and items and isinstance(items[0], ast.stmt):
                    self.shorten_body(items)

    def shorten_body(self, items):
        whole = list(items)
        items[:] = [ast.Pass()]
        if not isinstance(whole[0], ast.Pass) and self.differs():
            return
        items[:] = whole
        self.shorten(items)

    def unwrap_statements(self, tree):
        """Puts what a compound statement holds in its place."""
        for node in walk(tree):
            for name, items in ast.iter_fields(node):
                if isinstance(items, list) and items and isinstance(items[0], ast.stmt):
                    self.unwrap_in(items)

    def unwrap_in(self, items):
        for statement in list(items):
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                continue
            at = next(k for k, other in enumerate(items) if other is statement)
            for inner in bodies(statement):
                items[at:at + 1] = inner
                if self.differs():
                    break
                items[at:at + len(inner)] = [statement]

    def drop_items(self, tree):
        """Handlers, cases, managers, arguments, elements, bases, decorators, parts of texts."""
        for node in walk(tree):
            for name, items in ast.iter_fields(node):
                paired = name in PAIRED or isinstance(node, PAIRED_IN.get(name, ()))
                if isinstance(items, list) and items and not paired:
                    self.shorten(items)
                elif isinstance(items, ast.AST) and name in ("guard", "returns", "cause", "type"):
                    self.attempt_to_set(node, name, None)

    def simplify_expressions(self, tree):
        for node in walk(tree):
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.expr) and is_read(value):
                    self.simplify(value, lambda new: self.attempt_to_set(node, name, new))
                elif isinstance(value, list) and name not in PAIRED:
                    for at, item in enumerate(value):
                        if isinstance(item, ast.expr) and is_read(item):
                            self.simplify(item, lambda new: self.attempt_to_put(value, at, new))

    def simplify(self, value, attempt):
        if isinstance(value, ast.Constant):
            return
        smaller = [ast.Constant(constant) for constant in CONSTANTS]
        smaller += [child for child in ast.iter_child_nodes(value)
                    if isinstance(child, ast.expr) and is_read(child)]
        for other in smaller:
            if attempt(other):
                return

    def attempt_to_set(self, node, name, new):
        old = getattr(node, name)
        setattr(node, name, new)
        if self.differs():
            return True
        setattr(node, name, old)
        return False

    def attempt_to_put(self, items, at, new):
        old, items[at] = items[at], new
        if self.differs():
            return True
        items[at] = old
        return False


def is_read(value):
    return isinstance(getattr(value, "ctx", None), (ast.Load, type(None)))


def bodies(statement):
    """What may stand in the place of a compound statement: all that is in it, or one part."""
    parts = [items for _, items in ast.iter_fields(statement)
             if isinstance(items, list) and items and isinstance(items[0], ast.stmt)]
    for name in ("handlers", "cases"):
        parts += [part.body for part in getattr(statement, name, ())]
    if len(parts) > 1:
        yield [each for items in parts for each in items]
    yield from parts


def walk(tree):
    """All nodes, those that are removed in between left out: outer ones first."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from walk(child)
