"""Tokens of C++ source as clang-format lays it out.

That layout decides what a grammar would need types for: a binary operator has white space on both
sides, a template's brackets, references and unary operators have not.
"""
import re

PATTERN = re.compile(r"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<directive>(?<![^\n])[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)
  | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<number>\d(?:[\w.]|'\d)*)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<sign>->|::|<=>|<<=|>>=|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|.)
""", re.VERBOSE | re.DOTALL)

CLOSING = {"(": ")", "[": "]", "{": "}"}

# By precedence, lowest first; each level groups to the left.
LEVELS = (("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", ">", "<=", ">="),
          ("<<", ">>"), ("+", "-"), ("*", "/", "%"))
LEVEL_OF = {sign: level for level, signs in enumerate(LEVELS) for sign in signs}
ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")


class Token:
    __slots__ = ("kind", "text", "start", "end", "spaced", "match")

    def __init__(self, kind, text, start, end):
        self.kind, self.text, self.start, self.end = kind, text, start, end
        self.spaced = False  # white space on both sides
        self.match = None    # of a bracket: index of the other one


def _pair(tokens, path):
    """Sets `match` of brackets, and of the angle brackets of templates."""
    stack = []
    for k, token in enumerate(tokens):
        if token.text in CLOSING and token.kind == "sign":
            stack.append(k)
        elif token.text in CLOSING.values() and token.kind == "sign":
            while tokens[stack[-1]].text == "<":
                stack.pop()
            opening = stack.pop()
            assert CLOSING[tokens[opening].text] == token.text, (path, token.start)
            tokens[opening].match, token.match = k, opening
        elif token.text == "<" and not token.spaced and tokens[k - 1].kind == "name":
            stack.append(k)
        elif token.text == ">" and stack and tokens[stack[-1]].text == "<":
            opening = stack.pop()
            tokens[opening].match, token.match = k, opening


def tokenize(text, path):
    tokens, at = [], 0
    while at < len(text):
        match = PATTERN.match(text, at)
        assert match is not None, (path, at)
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group(), at, match.end()))
        at = match.end()
    for token in tokens:
        before = text[token.start - 1:token.start]
        after = text[token.end:token.end + 1]
        token.spaced = before.isspace() and after.isspace()
    _pair(tokens, path)
    return tokens
