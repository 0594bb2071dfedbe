"""Rewrites a C++ source so that each mutation site asks at run time whether it is the active one.

A recursive descent over functions, statements and expressions. What it returns for a piece of
source is that piece with `(isActive(7) ? mutant : original)` in place of sites; all else, layout
included, is copied, so that with no mutant active the copy does what the source does.
"""
import re

from cxx_lexer import ASSIGNMENTS, LEVEL_OF, LEVELS, tokenize

# Never part of a verdict: statistics, and those who watch.
NEUTRAL = re.compile(r"\bstatistics|\bobserver_|^count\(|return count\(")
TYPE_WORDS = {"const", "constexpr", "static", "auto", "unsigned", "int", "bool", "char", "using",
              "static_assert", "typename"}
# What an `if` that guards something does.
REJECTS = re.compile(r"\b(fail|failAt|refuse|report|fault)\(|return (false|true|top\(\)|kNoTarget)")
# Kinds that take away a rejection, a condition of acceptance or the loss of a fact, wherever.
ALWAYS_DECIDE = {"case moved", "statement dropped", "entry lost", "loop not run"}
# Kinds that do so in a function with a yes or no, or where something is guarded.
MAY_DECIDE = {"clause dropped", "condition forced", "result forced", "boundary"}
BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
ARITHMETIC = {"+": "-", "-": "+", "*": "+", "/": "*", "%": "/",
              "&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<"}


class Site:
    """One mutant: where it is, what stands there and what instead."""

    def __init__(self, number, file, line, function, kind, original, mutant):
        self.number, self.file, self.line, self.function = number, file, line, function
        self.kind, self.original, self.mutant = kind, original, mutant
        self.decides = True  # about acceptance; otherwise: computes


def one_line(text):
    return re.sub(r"\s+", " ", re.sub(r"//[^\n]*", "", text)).strip()


class Rewriter:
    def __init__(self, path, text, sites, excluded):
        self.path, self.text, self.sites = path, text, sites
        self.tokens = tokenize(text, path)
        self.excluded = excluded  # names of functions that are left alone
        self.neutral = 0          # statements left alone
        self.functions = 0
        self.function, self.returns_bool, self.probe = "", False, "isActive"
        self.guarding = False  # in the condition of a guard

    # --- text and sites --------------------------------------------------------------------------

    def raw(self, i, j):
        return self.text[self.tokens[i].start:self.tokens[j - 1].end] if i < j else ""

    def gap(self, i):
        """What stands between token i - 1 and token i."""
        return self.text[self.tokens[i - 1].end:self.tokens[i].start]

    def site(self, at, kind, original, mutant):
        line = self.text.count("\n", 0, self.tokens[at].start) + 1
        number = len(self.sites) + 1
        self.sites.append(Site(number, self.path, line, self.function, kind,
                               one_line(original), one_line(mutant)))
        self.sites[-1].decides = kind in ALWAYS_DECIDE or (
            kind in MAY_DECIDE and (self.guarding or self.returns_bool))
        return f"::tagproof::mutation::{self.probe}({number})"

    def choose(self, at, base, original, alternatives):
        """The expression `base`, or one of [(kind, text)]."""
        if not alternatives:
            return base
        arms = [f"{self.site(at, kind, original, text)} ? ({text}) : "
                for kind, text in alternatives]
        return f"({''.join(arms)}({base}))"

    # --- expressions -----------------------------------------------------------------------------

    def top_level(self, i, j):
        """Indices of the tokens of [i, j) that stand in no bracket."""
        while i < j:
            yield i
            match = self.tokens[i].match
            if match is not None and match > i:
                i = match
                yield i
            i += 1

    def split(self, i, j, text):
        parts, start = [], i
        for k in self.top_level(i, j):
            if self.tokens[k].text == text and self.tokens[k].kind == "sign":
                parts.append((start, k))
                start = k + 1
        return parts + [(start, j)]

    def listed(self, i, j):
        """Expressions between commas; `.name = x` among them."""
        out = ""
        for start, end in self.split(i, j, ","):
            if start == end:
                continue
            if start > i:
                out += self.gap(start)
            tokens = self.tokens
            if tokens[start].text == "." and tokens[start + 2].text == "=":
                out += self.raw(start, start + 3) + self.gap(start + 3)
                start += 3
            out += self.expression(start, end)
            if end < j:
                out += ","
        return out

    def logical(self, i, j):
        """&& or ||, if that is what [i, j) is at its top; a ternary or assignment is not."""
        signs = {self.tokens[k].text for k in self.top_level(i, j)}
        if signs & {"?", *ASSIGNMENTS}:
            return None
        return "||" if "||" in signs else "&&" if "&&" in signs else None

    def expression(self, i, j, forced=False):
        """`forced`: mutants of the context give [i, j) each result, so that the ones here that
        only negate it are left out."""
        if i >= j:
            return ""
        tokens = self.tokens
        if all(tokens[k].kind == "string" for k in range(i, j)):
            return self.raw(i, j)
        places = list(self.top_level(i, j))
        for k in places:
            if tokens[k].text in ASSIGNMENTS and k > i:
                return (self.raw(i, k + 1) + self.gap(k + 1) + self.expression(k + 1, j))
        for k in places:
            if tokens[k].text == "?":
                return self.ternary(i, k, j)
        for signs in LEVELS:
            found = [k for k in places if k > i and tokens[k].spaced and tokens[k].text in signs]
            if found:
                return self.binary(i, found[-1], j, forced)
        return self.unary(i, j, forced)

    def ternary(self, i, question, j):
        depth, colon = 0, None
        for k in self.top_level(question + 1, j):
            if self.tokens[k].text == "?":
                depth += 1
            elif self.tokens[k].text == ":":
                if depth == 0:
                    colon = k
                    break
                depth -= 1
        yes, no = self.raw(question + 1, colon), self.raw(colon + 1, j)
        if '"' in yes or '"' in no:
            return self.raw(i, j)  # which of two messages
        base = (self.expression(i, question, forced=True) + " ? " + self.expression(question + 1, colon) + " : "
                + self.expression(colon + 1, j))
        return self.choose(i, base, self.raw(i, j), [("ternary", yes), ("ternary", no)])

    def binary(self, i, operator, j, forced):
        sign = self.tokens[operator].text
        left, right = self.raw(i, operator), self.raw(operator + 1, j)
        logical = sign in ("&&", "||")
        base = (self.expression(i, operator, logical) + self.gap(operator) + sign
                + self.gap(operator + 1) + self.expression(operator + 1, j, logical))
        if logical:
            alternatives = [("clause dropped", left), ("clause dropped", right)]
        elif sign in BOUNDARY:
            alternatives = [("boundary", f"{left} {BOUNDARY[sign]} {right}")]
        elif (sign in ("==", "!=") and forced) or ".data()" in right:
            alternatives = []
        elif sign in ("==", "!="):
            other = "!=" if sign == "==" else "=="
            alternatives = [("equality", f"{left} {other} {right}")]
        else:
            alternatives = [("operator", f"{left} {ARITHMETIC[sign]} {right}")]
        return self.choose(i, base, self.raw(i, j), alternatives)

    def unary(self, i, j, forced):
        sign = self.tokens[i].text
        if sign in ("!", "~", "-") and self.tokens[i].kind == "sign" and j > i + 1:
            dropped = [] if forced else [("operator dropped", self.raw(i + 1, j))]
            return self.choose(i, sign + self.unary(i + 1, j, forced), self.raw(i, j), dropped)
        if self.tokens[i].text == "(" and self.tokens[i].match == j - 1:
            return "(" + self.expression(i + 1, j - 1, forced) + ")"
        if j == i + 1:
            return self.single(i)
        return self.postfix(i, j)

    def single(self, i):
        token = self.tokens[i]
        if token.kind == "number" and "." not in token.text:
            return self.choose(i, token.text, token.text, [("literal", f"{token.text} + 1")])
        if token.text in ("true", "false"):
            other = "false" if token.text == "true" else "true"
            return self.choose(i, token.text, token.text, [("literal", other)])
        return token.text

    def postfix(self, i, j):
        """Names, calls, subscripts, lambdas, braces."""
        out, k, tokens = "", i, self.tokens
        while k < j:
            if k > i:
                out += self.gap(k)
            token = tokens[k]
            if token.match is None or token.match < k:
                out += self.single(k) if token.kind == "number" or j == i + 1 else token.text
                k += 1
                continue
            close = token.match
            subscript = token.text == "[" and k > i and (tokens[k - 1].kind == "name"
                                                          or tokens[k - 1].text in (")", "]"))
            if token.text == "[" and not subscript:
                text, k = self.lambda_(k)
                out += text
                continue
            if token.text == "<":
                out += self.raw(k, close + 1)
            else:
                plain = subscript or (token.text == "{" and close == k + 2)
                out += self.raw(k, close + 1) if plain else self.inside(k, close)
            k = close + 1
        return out

    def inside(self, opening, closing):
        tokens = self.tokens
        if closing == opening + 1:
            return self.raw(opening, closing + 1)
        return (tokens[opening].text + self.gap(opening + 1) + self.listed(opening + 1, closing)
                + self.text[tokens[closing - 1].end:tokens[closing].start] + tokens[closing].text)

    def lambda_(self, i):
        k = self.tokens[i].match + 1
        if self.tokens[k].text == "(":
            k = self.tokens[k].match + 1
        returned, self.returns_bool = self.returns_bool, False
        text = self.raw(i, k) + self.gap(k) + self.block(k)
        self.returns_bool = returned
        return text, self.tokens[k].match + 1

    # --- statements ------------------------------------------------------------------------------

    def block(self, i):
        """The block that opens at token i."""
        close = self.tokens[i].match
        return "{" + self.statements(i + 1, close) + self.gap(close) + "}"

    def statements(self, i, j):
        out = ""
        while i < j:
            out += self.gap(i)
            text, i = self.statement(i)
            out += text
        return out

    def end_of_statement(self, i):
        """Index of the semicolon that ends the statement which starts at i."""
        while self.tokens[i].text != ";":
            match = self.tokens[i].match
            i = (match if match is not None and match > i else i) + 1
        return i

    def statement(self, i):
        token = self.tokens[i]
        if token.kind == "directive":
            return token.text, i + 1
        if token.text == "{":
            return self.block(i), token.match + 1
        handler = {"if": self.if_, "for": self.for_, "while": self.while_, "switch": self.switch,
                   "return": self.return_}.get(token.text)
        if handler is not None:
            return handler(i)
        end = self.end_of_statement(i)
        raw = self.raw(i, end + 1)
        if token.text in ("break", "continue"):
            return f"if (!{self.site(i, 'jump dropped', raw, '')}) {raw}", end + 1
        if self.is_declaration(i, end):
            return self.declaration(i, end), end + 1
        if NEUTRAL.search(raw):
            self.neutral += 1
            return raw, end + 1
        probe = self.site(i, "statement dropped", raw, "")
        return f"if (!{probe}) {{ {self.expression(i, end)}; }}", end + 1

    def is_declaration(self, i, end):
        tokens = self.tokens
        if tokens[i].text in TYPE_WORDS:
            return True
        k = i
        while k < end and (tokens[k].kind == "name" or tokens[k].text in ("::", "<", "&", "*")):
            if tokens[k].text == "<" and tokens[k].match is None:
                return False
            if k > i and tokens[k].kind == "name" and tokens[k - 1].text != "::":
                return True
            k = (tokens[k].match if tokens[k].text == "<" else k) + 1
        return False

    def declaration(self, i, end):
        tokens = self.tokens
        start, prefix = i, ""
        if tokens[i].text == "static_assert" or tokens[i].text == "using":
            return self.raw(i, end + 1)
        if tokens[i].text == "constexpr":
            if self.probe != "isActive":
                return self.raw(i, end + 1)
            start, prefix = i + 1, "const "
        places = list(self.top_level(start, end))
        for k in places:
            if tokens[k].text == "=":
                return (prefix + self.raw(start, k + 1) + self.gap(k + 1)
                        + self.listed(k + 1, end) + ";")
        for k in places:
            if tokens[k].text in ("{", "(") and tokens[k].match == end - 1:
                return (prefix + self.raw(start, k) + self.gap(k)
                        + self.inside(k, end - 1) + ";")
        return prefix + self.raw(start, end + 1)

    def end_of_body(self, i):
        if self.tokens[i].text == "{":
            return self.tokens[i].match + 1
        return self.end_of_statement(i) + 1

    def body(self, i, first=""):
        """A controlled statement as a block that starts with `first`."""
        text, end = self.statement(i)
        return "{ " + first + text + " }", end

    def condition(self, opening, kind, results):
        """The condition in brackets, or one of `results`. Of && and || one result is left out: it
        is found wherever a dropped clause is."""
        close = self.tokens[opening].match
        sign = self.logical(opening + 1, close)
        original = self.raw(opening + 1, close)
        base = self.expression(opening + 1, close, forced=True)
        implied = {"&&": "true", "||": "false"}.get(sign)
        kinds = [(kind, result) for result in results if result != implied]
        return self.choose(opening + 1, f"static_cast<bool>({base})", original, kinds)

    def if_(self, i):
        opening = i + 1
        close = self.tokens[opening].match
        if NEUTRAL.search(self.raw(opening, close)):
            end = self.end_of_statement(close + 1)
            self.neutral += 1
            assert self.tokens[close + 1].text != "{"
            return self.raw(i, end + 1), end + 1
        if any(self.tokens[k].text == ";" for k in range(opening, close)):
            raise ValueError(f"{self.path}: if with an initialiser is not supported")
        self.guarding = REJECTS.search(self.raw(close + 1, self.end_of_body(close + 1))) is not None
        out = f"if ({self.condition(opening, 'condition forced', ('true', 'false'))}) "
        self.guarding = False
        text, k = self.body(close + 1)
        out += text
        if self.tokens[k].text == "else":
            text, k = self.body(k + 1)
            out += " else " + text
        return out, k

    def while_(self, i):
        close = self.tokens[i + 1].match
        text, k = self.body(close + 1)
        return f"while ({self.condition(i + 1, 'loop not run', ('false',))}) {text}", k

    def for_(self, i):
        tokens = self.tokens
        close = tokens[i + 1].match
        probe = self.site(i, "loop not run", self.raw(i, close + 1), "")
        parts = self.split(i + 2, close, ";")
        if len(parts) == 1:
            head = self.raw(i, close + 1)
        else:
            (a, b), (c, d), (e, f) = parts
            start = self.declaration(a, b) if b > a else ";"
            head = f"for ({start} {self.expression(c, d)}; {self.raw(e, f)})"
        text, k = self.body(close + 1, f"if ({probe}) break; ")
        return f"{head} {text}", k

    def return_(self, i):
        end = self.end_of_statement(i)
        raw = self.raw(i, end + 1)
        if end == i + 1:
            return raw, end + 1
        if NEUTRAL.search(raw):
            self.neutral += 1
            return raw, end + 1
        forced = self.returns_bool and not self.logical(i + 1, end)
        base = self.expression(i + 1, end, forced)
        original = self.raw(i + 1, end)
        if self.returns_void:
            probe = self.site(i, "statement dropped", raw, "return;")
            return f"{{ if ({probe}) return; return {base}; }}", end + 1
        if forced and end > i + 2:
            base = self.choose(i + 1, base, original,
                               [("result forced", "true"), ("result forced", "false")])
        return f"return {base};", end + 1

    def switch(self, i):
        opening = i + 1
        close = self.tokens[opening].match
        body_end = self.tokens[close + 1].match
        groups = self.groups(close + 2, body_end)
        value = self.raw(opening + 1, close)
        arms = ""
        for k, (labels, start, stop) in enumerate(groups):
            target = self.another_group(groups, k)
            if target is None:
                continue
            for at, label in labels:
                if label is None:
                    continue
                probe = self.site(at, "case moved", f"case {label}", f"as case {target}")
                arms += f"{probe} && ({value}) == ({label}) ? ({target}) : "
        out = f"switch ({arms}({self.expression(opening + 1, close)})) {{"
        for labels, start, stop in groups:
            for at, label in labels:
                out += self.gap(at) + (f"case {label}:" if label is not None else "default:")
            out += self.statements(start, stop)
        if not groups:
            out += self.text[self.tokens[close + 1].end:self.tokens[body_end].start]
        return out + self.gap(body_end) + "}", body_end + 1

    def groups(self, i, end):
        """[([(token, label or None)], first token, last token)] of a switch's body."""
        groups, tokens = [], self.tokens
        while i < end:
            if tokens[i].kind == "directive":
                return []  # labels made by a macro: copied
            labels = []
            while tokens[i].text in ("case", "default"):
                colon = next(k for k in self.top_level(i, end) if tokens[k].text == ":")
                labels.append((i, self.raw(i + 1, colon) if tokens[i].text == "case" else None))
                i = colon + 1
            start = i
            while i < end and tokens[i].text not in ("case", "default"):
                if tokens[i].text == "{":
                    i = tokens[i].match
                i += 1
            groups.append((labels, start, i))
        return groups

    def another_group(self, groups, k):
        """A label of the next group that does something else."""
        mine = one_line(self.raw(*groups[k][1:]))
        for step in range(1, len(groups)):
            labels, start, stop = groups[(k + step) % len(groups)]
            if one_line(self.raw(start, stop)) != mine and labels[0][1] is not None:
                return labels[0][1]
        return None

    # --- declarations outside of functions --------------------------------------------------------

    def file(self):
        out = self.text[:self.tokens[0].start] if self.tokens else self.text
        return out + self.scope(0, len(self.tokens)) + "\n"

    def scope(self, i, j):
        """Namespace or class: functions are rewritten, all else is copied."""
        out, head = "", i
        while i < j:
            token = self.tokens[i]
            if token.kind == "directive" or token.text == ";" or \
                    (token.text == ":" and self.tokens[i - 1].text in ("public", "private")):
                out += self.outer(head, i + 1)
                head = i = i + 1
            elif token.text == "{":
                text, i = self.braced(head, i)
                out += text
                head = i
            else:
                i = token.match + 1 if token.match is not None and token.match > i else i + 1
        return out + self.outer(head, j)

    def lead(self, i):
        return self.gap(i) if i > 0 else ""

    def outer(self, i, j):
        return self.lead(i) + self.raw(i, j) if i < j else ""

    def braced(self, head, opening):
        tokens = self.tokens
        close = tokens[opening].match
        words = {tokens[k].text for k in range(head, opening)}
        places = [tokens[k].text for k in self.top_level(head, opening)]
        if "namespace" in words or ({"class", "struct"} & set(places) and "(" not in places):
            return (self.lead(head) + self.raw(head, opening + 1)
                    + self.scope(opening + 1, close) + self.gap(close) + "}"), close + 1
        if "=" in places or "(" not in places:
            end = close + 1  # a table, an enumeration
            while tokens[end].text != ";":
                end = (tokens[end].match or end) + 1
            return self.table(head, opening, end), end + 1
        return self.function_body(head, opening), close + 1

    def table(self, head, opening, end):
        """`constexpr T kName[] = {1, 2, 3}` of a source: one entry lost."""
        tokens = self.tokens
        simple = tokens[head].text == "constexpr" and tokens[opening].match == end - 1 and \
            self.path.endswith(".cc") and all(
                tokens[k].kind == "number" or tokens[k].text == ","
                for k in range(opening + 1, end - 1))
        if not simple:
            return self.lead(head) + self.raw(head, end + 1)
        declared = next(k for k in range(head, opening) if tokens[k].text in ("[", "="))
        self.function, self.probe = tokens[declared - 1].text, "isActive"
        entries = [k for k in range(opening + 1, end - 1) if tokens[k].kind == "number"]
        out = self.lead(head) + "const " + self.raw(head + 1, opening) + " {"
        for n, k in enumerate(entries):
            other = tokens[entries[(n + 1) % len(entries)]].text
            out += self.choose(k, tokens[k].text, tokens[k].text, [("entry lost", other)]) + ", "
        return out + "};"

    def function_body(self, head, opening):
        tokens = self.tokens
        parameters = next(k for k in range(head, opening) if tokens[k].text == "(")
        name = tokens[parameters - 1].text
        qualifier = tokens[parameters - 3].text if tokens[parameters - 2].text == "::" else ""
        self.function = f"{qualifier}::{name}" if qualifier else name
        words = [tokens[k].text for k in range(head, parameters)]
        self.returns_bool, self.returns_void = "bool" in words, "void" in words
        self.probe = "isActiveAtRunTime" if "constexpr" in words else "isActive"
        start = self.lead(head) + self.raw(head, opening) + self.gap(opening)
        if name in self.excluded or "operator" in words:
            return start + self.raw(opening, tokens[opening].match + 1)
        self.functions += 1
        return start + self.block(opening)


def rewrite(path, text, sites, excluded):
    """The mutated copy, with (functions, neutral statements) seen."""
    rewriter = Rewriter(path, text, sites, excluded)
    copy = rewriter.file()
    include = '#include "tests/soundness/mutation/active.h"\n'
    if path.endswith(".h"):
        copy = copy.replace("#pragma once\n", "#pragma once\n" + include, 1)
    else:
        copy = include + copy
    return copy, rewriter.functions, rewriter.neutral
