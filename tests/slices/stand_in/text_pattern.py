"""Searches a text for a regular expression: the part of the syntax that expected messages use.

A pattern becomes a tree, and a node's matcher calls the rest with every end that it finds, longest first
where it is greedy. Alternatives, groups, classes, repetition, anchors, back slashes, lookahead.
"""

SPACE = " \t\n\r\f\v"


def found(pattern, text):
    if hasattr(pattern, "search"):
        return pattern.search(text)
    node = _Parser(pattern).alternatives()
    return any(node(text, start, lambda end: True) for start in range(len(text) + 1))


def _is_word(character):
    return character.isalnum() or character == "_"


CLASSES = {"d": str.isdigit, "w": _is_word, "s": lambda character: character in SPACE}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def _negate(test):
    return lambda character: not test(character)


def _one(test):
    def match(text, at, rest):
        return at < len(text) and test(text[at]) and rest(at + 1)
    return match


def _sequence(nodes):
    def match(text, at, rest, index=0):
        if index == len(nodes):
            return rest(at)
        return nodes[index](text, at, lambda end: match(text, end, rest, index + 1))
    return match


def _any_of(nodes):
    return lambda text, at, rest: any(node(text, at, rest) for node in nodes)


def _repeat(node, low, high, greedy):
    def match(text, at, rest, count=0):
        def more():
            return (high is None or count < high) and node(
                text, at, lambda end: (end > at or count < low) and match(text, end, rest, count + 1))
        if count < low:
            return more()
        return more() or rest(at) if greedy else rest(at) or more()
    return match


def _boundary(text, at, rest):
    before = at > 0 and _is_word(text[at - 1])
    after = at < len(text) and _is_word(text[at])
    return before != after and rest(at)


def _start(text, at, rest):
    return at == 0 and rest(at)


def _end(text, at, rest):
    return (at == len(text) or at == len(text) - 1 and text[at] == "\n") and rest(at)


def _ahead(node, wanted):
    return lambda text, at, rest: bool(node(text, at, lambda end: True)) == wanted and rest(at)


class _Parser:
    def __init__(self, pattern):
        self.pattern = pattern
        self.at = 0
        self.dot_takes_newline = pattern.startswith("(?s)")
        if self.dot_takes_newline:
            self.at = 4

    def peek(self, count=1):
        return self.pattern[self.at:self.at + count]

    def take(self, text):
        if self.peek(len(text)) != text:
            return False
        self.at += len(text)
        return True

    def alternatives(self):
        nodes = [self.sequence()]
        while self.take("|"):
            nodes.append(self.sequence())
        return nodes[0] if len(nodes) == 1 else _any_of(nodes)

    def sequence(self):
        nodes = []
        while self.peek() and self.peek() not in "|)":
            nodes.append(self.repeated(self.atom()))
        return _sequence(nodes)

    def repeated(self, node):
        limits = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.peek())
        if limits:
            self.at += 1
        elif self.peek() == "{" and self.pattern[self.at + 1:self.at + 2].isdigit():
            end = self.pattern.index("}", self.at)
            low, comma, high = self.pattern[self.at + 1:end].partition(",")
            limits = (int(low), int(high) if high else None if comma else int(low))
            self.at = end + 1
        else:
            return node
        greedy = not self.take("?")
        return self.repeated(_repeat(node, *limits, greedy))

    def atom(self):
        character = self.peek()
        self.at += 1
        if character == "(":
            return self.group()
        if character == "[":
            return _one(self.character_class())
        if character == "\\":
            return self.escape()
        if character == ".":
            return _one(lambda found: self.dot_takes_newline or found != "\n")
        if character in "^$":
            return _start if character == "^" else _end
        return _one(lambda found: found == character)

    def group(self):
        wrap = lambda node: node
        if self.take("?="):
            wrap = lambda node: _ahead(node, True)
        elif self.take("?!"):
            wrap = lambda node: _ahead(node, False)
        elif self.take("?P<"):
            self.at = self.pattern.index(">", self.at) + 1
        else:
            self.take("?:")
        node = self.alternatives()
        if not self.take(")"):
            raise ValueError(f"no ) in {self.pattern!r}")
        return wrap(node)

    def escaped_test(self):
        character = self.peek()
        self.at += 1
        if character.lower() in CLASSES:
            test = CLASSES[character.lower()]
            return _negate(test) if character.isupper() else test
        literal = ESCAPES.get(character, character)
        return lambda found: found == literal

    def escape(self):
        if self.take("b"):
            return _boundary
        if self.take("A"):
            return _start
        if self.take("Z"):
            return lambda text, at, rest: at == len(text) and rest(at)
        return _one(self.escaped_test())

    def character_class(self):
        negated = self.take("^")
        tests = []
        while not self.peek() == "]" or not tests:
            if self.take("\\"):
                tests.append(self.escaped_test())
                continue
            low = high = self.peek()
            self.at += 1
            if self.peek() == "-" and self.pattern[self.at + 1:self.at + 2] != "]":
                high = self.pattern[self.at + 1]
                self.at += 2
            tests.append(lambda found, low=low, high=high: low <= found <= high)
        self.at += 1
        test = lambda found: any(item(found) for item in tests)
        return _negate(test) if negated else test
