"""A small language: tokenizer, recursive descent, a tree of nodes, and visitors over it.

    def gcd(a, b) { while b { r = a % b; a = b; b = r; } return a; }
    print gcd(252, 105) + 1;

A program is read and evaluated; then it is simplified and evaluated again, which must give the
same. Errors name their line and column.

    calculator.py [ROUNDS]
"""
import sys

MASK = 0xFFFFFFFF
DEPTH = 60

SOURCE = """
def gcd(a, b) { while b { r = a % b; a = b; b = r; } return a; }
def power(base, exponent) {
    if exponent == 0 { return 1; }
    half = power(base, exponent / 2);
    if exponent % 2 { return half * half * base % 1000003; } else { return half * half % 1000003; }
}
def fibonacci(n) { if n < 2 { return n; } return fibonacci(n - 1) + fibonacci(n - 2); }
def is_prime(n) {
    d = 2;
    while d * d <= n and n % d != 0 { d = d + 1; }
    return n >= 2 and d * d > n;
}
print gcd(2 * 2 * 3 * 3 * 7, 105 + 0 * 3) + 1, power(7, 2 + 3 * 333), -(1 + 2) * 4 - -3;
print fibonacci(9 + 1);
n = 0; primes = 0; last = 0;
while n < 10 * 8 + 20 {
    if is_prime(n) { primes = primes + 1 * 1; last = n + 0; }
    n = n + 1;
}
print primes, last, not primes or last == 97, 1 - 2 - 3, 100 / 7 / 2;
"""


class LanguageError(Exception):
    """A fault of a program: what, and where."""

    def __init__(self, message, line, column):
        super().__init__(message)
        self.line = line
        self.column = column

    def __str__(self):
        return f"{self.line}:{self.column}: {super().__str__()}"


class BadSyntax(LanguageError):
    """It cannot be read."""


class BadValue(LanguageError):
    """It cannot be evaluated."""


# --- tokens ---------------------------------------------------------------------------------------


class Token:
    __slots__ = ("kind", "text", "line", "column")

    def __init__(self, kind, text, line, column):
        self.kind = kind  # "number", "name", "sign" or "end"
        self.text = text
        self.line = line
        self.column = column


SIGNS = "== != <= >= + - * / % < > = ( ) { } , ;".split()


def tokens(text):
    """Yields the text's tokens, and one that ends them."""
    place, line, line_start = 0, 1, 0
    while place < len(text):
        letter = text[place]
        if letter == "\n":
            line += 1
            line_start = place + 1
        elif not letter.isspace():
            kind, end = token_at(text, place)
            if kind is None:
                raise BadSyntax(f"what is {letter!r}?", line, place - line_start + 1)
            yield Token(kind, text[place:end], line, place - line_start + 1)
            place = end - 1
        place += 1
    yield Token("end", "", line, place - line_start + 1)


def token_at(text, place):
    """The kind and the end of the token that begins there."""
    end = place + 1
    if text[place].isdigit():
        while end < len(text) and text[end].isdigit():
            end += 1
        return "number", end
    if text[place].isalpha():
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        return "name", end
    for sign in SIGNS:
        if text.startswith(sign, place):
            return "sign", place + len(sign)
    return None, place


# --- the tree -------------------------------------------------------------------------------------


class Node:
    """A part of a program, with the fields that its class lists.

    `accept` calls the visitor's method for the class, or its `visit_other`.
    """

    __slots__ = ("line", "column")
    fields = ()

    def __init_subclass__(cls):
        cls.fields += cls.__slots__
        cls.method = "visit_" + cls.__name__.lower()

    def __init__(self, *values):
        for field, value in zip(self.fields, values, strict=True):
            setattr(self, field, value)

    def at(self, token):
        self.line, self.column = token.line, token.column
        return self

    def accept(self, visitor):
        return getattr(visitor, self.method, visitor.visit_other)(self)


class Number(Node):
    __slots__ = ("value",)

class Name(Node):
    __slots__ = ("name",)

class Unary(Node):
    __slots__ = ("sign", "operand")

class Binary(Node):
    __slots__ = ("sign", "left", "right")

class Logical(Binary):
    """`and`, `or`: the right side counts only if the left one leaves it open."""

    __slots__ = ()

class Call(Node):
    __slots__ = ("name", "arguments")

class Assign(Node):
    __slots__ = ("name", "value")

class Print(Node):
    __slots__ = ("values",)

class Return(Node):
    __slots__ = ("value",)

class If(Node):
    __slots__ = ("condition", "body", "otherwise")

class While(Node):
    __slots__ = ("condition", "body")

class Function(Node):
    __slots__ = ("name", "parameters", "body")

class Block(Node):
    __slots__ = ("statements",)


# --- the parser -----------------------------------------------------------------------------------

LEVELS = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5,
          "*": 6, "/": 6, "%": 6}
UNARY_LEVEL = 7
KEYWORDS = {"def", "while", "if", "else", "return", "print", "and", "or", "not"}


class Parser:
    """Recursive descent for statements, precedence climbing for expressions."""

    def __init__(self, text):
        self.tokens = tokens(text)
        self.token = next(self.tokens)

    def fail(self, wanted):
        raise BadSyntax(f"{wanted} expected, not {self.token.text or 'the end'}",
                        self.token.line, self.token.column)

    def advance(self):
        token, self.token = self.token, next(self.tokens, self.token)
        return token

    def accept(self, *texts):
        """The token, if it is one of these."""
        if self.token.text in texts and self.token.kind != "number":
            return self.advance()
        return None

    def expect(self, text):
        return self.accept(text) or self.fail(text)

    def name(self):
        if self.token.kind != "name" or self.token.text in KEYWORDS:
            self.fail("a name")
        return self.advance().text

    def listed(self, item, end):
        """Items between commas, up to the end."""
        items = []
        if not self.accept(end):
            items.append(item())
            while self.accept(","):
                items.append(item())
            self.expect(end)
        return items

    def program(self):
        first = self.token
        return Block(self.statements("")).at(first)

    def block(self):
        first = self.expect("{")
        return Block(self.statements("}")).at(first)

    def statements(self, end):
        found = []
        while not self.accept(end):
            found.append(self.statement())
        return found

    def statement(self):
        first = self.token
        if self.accept("def"):
            name = self.name()
            self.expect("(")
            return Function(name, self.listed(self.name, ")"), self.block()).at(first)
        if self.accept("while"):
            return While(self.expression(), self.block()).at(first)
        if self.accept("if"):
            condition, body = self.expression(), self.block()
            otherwise = self.block() if self.accept("else") else Block([]).at(first)
            return If(condition, body, otherwise).at(first)
        if self.accept("print"):
            return Print(self.listed(self.expression, ";")).at(first)
        if self.accept("return"):
            node = Return(self.expression())
        else:
            name = self.name()
            self.expect("=")
            node = Assign(name, self.expression())
        self.expect(";")
        return node.at(first)

    def expression(self, level=1):
        left = self.operand()
        while LEVELS.get(self.token.text, 0) >= level:
            sign = self.advance()
            right = self.expression(LEVELS[sign.text] + 1)
            kind = Logical if sign.text in ("and", "or") else Binary
            left = kind(sign.text, left, right).at(sign)
        return left

    def operand(self):
        token = self.token
        if token.kind == "number":
            return Number(int(self.advance().text)).at(token)
        if self.accept("-", "not"):
            return Unary(token.text, self.expression(UNARY_LEVEL)).at(token)
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return inner
        name = self.name()
        if self.accept("("):
            return Call(name, self.listed(self.expression, ")")).at(token)
        return Name(name).at(token)


# --- visitors -------------------------------------------------------------------------------------


class Visitor:
    """Does something with each kind of node; the methods are named for the nodes' classes."""

    def visit_other(self, node):
        raise NotImplementedError(f"{type(self).__name__} of {type(node).__name__}")


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
}


class Simplifier(Visitor):
    """Changes a program into one that does the same with fewer operations."""

    def __init__(self):
        self.removed = 0

    def visit_other(self, node):
        """Simplifies the nodes that this one holds."""
        for field in node.fields:
            held = getattr(node, field)
            if isinstance(held, Node):
                setattr(node, field, held.accept(self))
            elif isinstance(held, list):
                held[:] = [item.accept(self) if isinstance(item, Node) else item for item in held]
        return node

    def replaced(self, node, by):
        self.removed += 1
        return by.at(node)

    def visit_unary(self, node):
        operand = self.visit_other(node).operand
        if isinstance(operand, Number):
            value = -operand.value if node.sign == "-" else int(not operand.value)
            return self.replaced(node, Number(value))
        return node

    def visit_binary(self, node):
        self.visit_other(node)
        left, right = node.left, node.right
        if isinstance(left, Number) and isinstance(right, Number):
            try:
                value = OPERATIONS[node.sign](left.value, right.value)
            except ZeroDivisionError:
                return node  # an error only if it is ever evaluated
            return self.replaced(node, Number(value))
        if isinstance(right, Number) and (node.sign, right.value) in (("+", 0), ("-", 0), ("*", 1)):
            return self.replaced(node, left)
        return node


class Returned(Exception):
    """A function has come to its `return`; the argument is its value."""


class Frame:
    """The context manager of a call: its names in front of the caller's."""

    __slots__ = ("evaluator", "names", "before")

    def __init__(self, evaluator, names):
        self.evaluator = evaluator
        self.names = names

    def __enter__(self):
        evaluator = self.evaluator
        self.before = evaluator.names
        evaluator.names = self.names
        evaluator.depth += 1
        return self

    def __exit__(self, kind, error, traceback):
        self.evaluator.names = self.before
        self.evaluator.depth -= 1


class Evaluator(Visitor):
    def __init__(self):
        self.names = {}
        self.functions = {}
        self.printed = []
        self.depth = 0
        self.visits = 0

    def fail(self, message, node):
        raise BadValue(message, node.line, node.column)

    def visit_number(self, node):
        return node.value

    def visit_name(self, node):
        try:
            return self.names[node.name]
        except KeyError:
            self.fail(f"{node.name} has no value", node)

    def visit_unary(self, node):
        self.visits += 1
        value = node.operand.accept(self)
        return -value if node.sign == "-" else int(not value)

    def visit_binary(self, node):
        self.visits += 1
        try:
            return OPERATIONS[node.sign](node.left.accept(self), node.right.accept(self))
        except ZeroDivisionError:
            self.fail("division by zero", node)

    def visit_logical(self, node):
        self.visits += 1
        left = node.left.accept(self)
        if bool(left) == (node.sign == "or"):
            return left
        return node.right.accept(self)

    def visit_call(self, node):
        self.visits += 1
        function = self.functions.get(node.name)
        if function is None or len(function.parameters) != len(node.arguments):
            self.fail(f"no function {node.name} of {len(node.arguments)}", node)
        if self.depth == DEPTH:
            self.fail("too many calls in one another", node)
        values = [argument.accept(self) for argument in node.arguments]
        with Frame(self, dict(zip(function.parameters, values))):
            try:
                function.body.accept(self)
            except Returned as returned:
                return returned.args[0]
        return 0

    def visit_assign(self, node):
        self.names[node.name] = node.value.accept(self)

    def visit_print(self, node):
        self.printed.append([value.accept(self) for value in node.values])

    def visit_return(self, node):
        raise Returned(node.value.accept(self))

    def visit_if(self, node):
        (node.body if node.condition.accept(self) else node.otherwise).accept(self)

    def visit_while(self, node):
        while node.condition.accept(self):
            node.body.accept(self)

    def visit_function(self, node):
        self.functions[node.name] = node

    def visit_block(self, node):
        for statement in node.statements:
            statement.accept(self)


def evaluated(program):
    evaluator = Evaluator()
    program.accept(evaluator)
    return evaluator


def show_errors():
    for text in ("print 1 +;", "a = 3;\nprint (a;", "print 7 $ 2;", "while = 3;", "print b;",
                 "x = 0; print 1 / x;", "def f(n) { return f(n + 1); } print f(0);",
                 "def f(n) { return n; } print f();"):
        try:
            evaluated(Parser(text).program())
        except LanguageError as error:
            print(f"{type(error).__name__} {error}")


def run(rounds):
    checksum = 0
    for _ in range(rounds):
        program = Parser(SOURCE).program()
        plain = evaluated(program)
        simplifier = Simplifier()
        simplified = evaluated(program.accept(simplifier))
        assert plain.printed == simplified.printed
        for values in plain.printed:
            for value in values:
                checksum = (checksum * 31 + value) & MASK
        checksum = (checksum * 31 + plain.visits + simplified.visits) & MASK
    for values in plain.printed:
        print(*values)
    print(f"{plain.visits} operations carried out, {simplified.visits} of them "
          f"after {simplifier.removed} were simplified away")
    return checksum


def main(arguments):
    show_errors()
    print("checksum", run(int(arguments[0]) if arguments else 190))


if __name__ == "__main__":
    main(sys.argv[1:])
