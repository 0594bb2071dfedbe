"""Fills templates: what stands behind a $ is chosen at random among what fits at that place.

    $int $float $str $bool $list $tuple $dict $set $object   an expression of that type
    $int_name, $int_target     a variable that may be read, or assigned
    $int_attribute             an attribute that every object of the program has
    $new_int                   a new variable, known behind the statement
    $bound_int                 a new one, known in the expression, or in the block below the line
    $outer_int                 an expression chosen before the variables of its template are known
    $block                     statements, on a line of its own
    $few $number $name ...     a word of the tables in words.py
    $text_2                    a second one of the same kind

Every expression has the type that it says unless an event of the program breaks that.
"""
import re
from contextlib import contextmanager
from dataclasses import dataclass, field

PLACE = re.compile(r"\$(\w+)")
NUMBERED = re.compile(r"_\d$")
MOST_ROUNDS = 4
MOST_STEPS = 400


class Missing(Exception):
    """Nothing fits a place here: another template has to be taken."""


@dataclass
class Function:
    """Something to call: its result's type, the texts of argument lists, and what a call costs."""

    name: str
    result: str
    calls: tuple
    cost: int


@dataclass
class Scope:
    """What is known at a place of a function; blocks have copies of it."""

    names: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)
    functions: list = field(default_factory=list)
    rounds: int = 1
    in_loop: bool = False
    in_group: bool = False
    in_function: bool = False
    in_generator: bool = False
    result: str = "int"

    def copy(self, **changes):
        copied = Scope(**{**self.__dict__, **changes})
        copied.names = {kind: list(names) for kind, names in copied.names.items()}
        copied.targets = {kind: list(names) for kind, names in copied.targets.items()}
        copied.functions = list(copied.functions)
        return copied

    def add(self, kind, name, assignable=True):
        self.names.setdefault(kind, []).append(name)
        if assignable:
            self.targets.setdefault(kind, []).append(name)


def pick(random, weighted):
    """One of (weight, item) pairs."""
    at = random.randrange(sum(weight for weight, _ in weighted))
    for weight, item in weighted:
        at -= weight
        if at < 0:
            return item
    raise AssertionError("no weights")


def indent(lines):
    return ["    " + line for line in lines]


class Writer:
    """Chooses; holds the scope of the place where it writes."""

    def __init__(self, random, words, expressions):
        self.random = random
        self.words = words
        self.expressions = expressions
        self.scope = Scope()
        self.depth = 0
        self.cost = 0
        self.names_made = 0

    @contextmanager
    def within(self, scope):
        outer, self.scope = self.scope, scope
        try:
            yield scope
        finally:
            self.scope = outer

    def new_name(self, kind):
        self.names_made += 1
        return f"{kind[0]}{self.names_made}"

    def charge(self, steps):
        """Keeps the number of steps that a call of the function takes within bounds."""
        if (self.cost + steps) * self.scope.rounds > MOST_STEPS and steps > 1:
            raise Missing
        self.cost += steps * self.scope.rounds

    def expression(self, kind):
        weighted = self.expressions[kind]
        for _ in range(8):
            template = pick(self.random, weighted)
            # An atom has at most one place, and that is a name or a word.
            if self.depth > 0 or PLACE.sub(self.is_word, template).count("$") == 0:
                try:
                    return self.fill(template)
                except Missing:
                    continue
        return self.fill(f"${kind}_literal")

    def is_word(self, match):
        word = NUMBERED.sub("", match[1])
        return "" if word in self.words or word.endswith(("_name", "_literal")) else "$"

    def fill(self, template, fixed=None):
        """The template with everything chosen, as one expression: what it binds is known in it."""
        fixed = dict(fixed or {})
        scope = self.scope
        self.depth -= 1
        try:
            for word in dict.fromkeys(PLACE.findall(template)):
                if word.startswith("outer_"):
                    fixed[word] = self.choose(word.removeprefix("outer_"))
                if word == "outer_list" and fixed[word].isidentifier():
                    fixed[word] += "[:12]"  # what is called in a loop over a list may extend it
            bound = [word for word in PLACE.findall(template)
                     if word.startswith("bound_") and word not in fixed]
            if bound:
                scope = scope.copy()
            for word in dict.fromkeys(bound):
                kind = NUMBERED.sub("", word.removeprefix("bound_"))
                fixed[word] = self.new_name(kind)
                scope.add(kind, fixed[word], assignable=False)
            with self.within(scope):
                return PLACE.sub(
                    lambda match: fixed.get(match[1]) or self.choose(match[1]), template)
        finally:
            self.depth += 1

    def choose(self, word):
        word = NUMBERED.sub("", word)
        if word in self.words:
            weighted = self.words[word]
            return self.fill(pick(self.random, weighted))
        if word in self.expressions:
            return self.expression(word)
        kind, _, use = word.rpartition("_")
        return getattr(self, "choose_" + use)(kind)

    def choose_name(self, kind):
        names = self.scope.names.get(kind)
        if not names:
            raise Missing
        return self.random.choice(names[-6:])

    def choose_target(self, kind):
        names = self.scope.targets.get(kind)
        if not names:
            raise Missing
        return self.random.choice(names[-4:])

    def choose_call(self, kind):
        """A call of a function with this result; calls that do not fit are rare."""
        functions = [function for function in self.scope.functions if function.result == kind]
        if not functions:
            raise Missing
        function = self.random.choice(functions)
        self.charge(function.cost)
        return f"{function.name}({self.fill(pick(self.random, function.calls))})"

    def choose_literal(self, kind):
        raise Missing
