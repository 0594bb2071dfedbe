"""What programs define: functions of all kinds of parameters, classes with all kinds of members."""
from expressions import EXPRESSIONS
from statements import BodyWriter
from words import WORDS
from writer import Function, indent, pick

# A declaration, the argument lists of calls (the last ones do not fit), the names of integers.
PARAMETERS = (
    ("x", ("$int", "x=$int", "*[$int]", "**{'x': $int}", "$int, $int"), ("x",)),
    ("x, y", ("$int, $int", "y=$int, x=$int", "*($int, $int)", "$int, **{'y': $int}", "$int"),
    ("x", "y")),
    ("x, y=$number", ("$int", "$int, $int", "x=$int", "*$list[:2]", ""), ("x", "y")),
    ("x=$number, /, y=$number", ("", "$int", "$int, y=$int", "x=$int"), ("x", "y")),
    ("x, *, y=$number", ("$int", "$int, y=$int", "*[$int], **{'y': $int}", "$int, $int"),
     ("x", "y")),
    ("x, *y", ("$int", "$int, $int, $int", "$int, *$list", "*$tuple"), ("x",)),
    ("x, **y", ("$int", "$int, z=$int", "$int, **$dict", "x=$int, x2=$int", "$int, $int"), ("x",)),
    ("x, /, y=$number, *z, w=$number, **v",
     ("$int", "$int, $int, $int, w=$int", "$int, **{'x': $int, 'w': 2}", "$int, *$list, u=$int",
      "w=1"),
     ("x", "y", "w")),
    ("*x, y=$number", ("", "$int, $int", "y=$int", "*$list, y=$int", "z=$int"), ("y",)),
    ("**x", ("", "a=$int, b=$int", "**$dict", "$int"), ()),
    ("*, x, y=$number", ("x=$int", "y=$int, x=$int", "**{'x': $int}", "y=$int"), ("x", "y")),
)
RESULTS = ((6, "int"), (2, "str"), (1, "float"), (2, "list"), (4, "generator"))
LOCALS = ("int", "float", "str", "list", "dict", "set", "tuple")
ATTRIBUTES = {"a": "$int", "b": "$int", "c": "$float", "d": "$str", "e": "[1, $int]",
              "f": "{'a': 1, 'b': $int}", "g": "$int"}
# How an attribute is kept instead of in the instance dict.
MEMBERS = (
    None,
    """
@property
def $name(self):
    return self._$name
@$name.setter
def $name(self, value):
    self._$name = value
""",
    """
$name = Checked()
""",
    """
@property
def $name(self):
    return self.__dict__['$name']
@$name.setter
def $name(self, value):
    self.__dict__['$name'] = value
@$name.deleter
def $name(self):
    out('deleting')
    del self.__dict__['$name']
""",
)
# What a special method gives to expressions, and how it is defined.
SPECIAL = (
    ("int", "($object_name + $int)", "def __add__(self, other):\n    return $int + other"),
    ("int", "($int + $object_name)", "def __radd__(self, other):\n    return other - $int"),
    ("int", "($object_name - $object_name)",
     "def __sub__(self, other):\n    return NotImplemented if $bool else $int"),
    ("int", "($int - $object_name)", "def __rsub__(self, other):\n    return $int"),
    ("int", "($object_name * $int)",
     "def __mul__(self, other):\n    if $bool:\n        return NotImplemented\n    return $int"),
    ("int", "(-$object_name)", "def __neg__(self):\n    return $int"),
    ("int", "abs($object_name)", "def __abs__(self):\n    return abs($int)"),
    ("int", "len($object_name)", "def __len__(self):\n    return $int % $few"),
    ("int", "$object_name[$int]", "def __getitem__(self, key):\n    return self.e[key]"),
    ("str", "str($object_name[$int:$int])",
     "def __getitem__(self, key):\n    return key if isinstance(key, slice) else self.e[key]"),
    ("bool", "($int in $object_name)", "def __contains__(self, item):\n    return $bool"),
    ("bool", "$object_name", "def __bool__(self):\n    return $bool"),
    ("bool", "($object_name == $object_name)", "def __eq__(self, other):\n    return $bool"),
    ("bool", "($object_name < $object_name)",
     "def __lt__(self, other):\n    return NotImplemented if $bool else $bool"),
    ("bool", "($object_name >= $object_name)", "def __ge__(self, other):\n    return $bool"),
    ("bool", "($object_name != $object_name)", "def __ne__(self, other):\n    return $int"),
    ("int", "len({$object_name, $object_name})", "def __hash__(self):\n    return $int"),
    ("int", "$object_name($int)", "def __call__(self, x, *y):\n    return x + $int"),
    ("int", "int($object_name)", "def __int__(self):\n    return $int"),
    ("int", "[1, 2, 3][$object_name]", "def __index__(self):\n    return $small"),
    ("float", "float($object_name)", "def __float__(self):\n    return $float"),
    ("str", "str($object_name).split(' at 0x')[0]", "def __str__(self):\n    return $str"),
    ("str", "f'{$object_name!r:>{$few}}'.split(' at 0x')[0]", "def __repr__(self):\n    return $str"),
    ("str", "f'{$object_name:x$few}'", "def __format__(self, form):\n    return form + $str"),
    ("str", "('%s %r' % ($object_name, $int)).split(' at 0x')[0]", "def __str__(self):\n    return repr($int)"),
    ("list", "list($object_name)[:5]",
     "def __iter__(self):\n    yield $int\n    yield from self.e[:3]"),
    ("list", "[*$object_name][:5]", "def __iter__(self):\n    return iter(self.e[:3])"),
    ("list", "sorted($object_name)[:5]", "def __iter__(self):\n    return self"),
    ("int", "next($object_name)",
     "def __next__(self):\n"
     "    if not self.e or $bool:\n"
     "        raise StopIteration($int)\n"
     "    return self.e.pop()"),
    ("int", "divmod($object_name, $int)", "def __divmod__(self, other):\n    return $int"),
    ("int", "$object_name.unknown",
     "def __getattr__(self, name):\n"
     "    if name == 'unknown':\n"
     "        return len(name)\n"
     "    raise AttributeError(name + '?')"),
    ("int", "$object_name.a",
     "def __getattribute__(self, name):\n    return super().__getattribute__(name)"),
    ("int", "$object_name.b",
     "def __setattr__(self, name, value):\n    super().__setattr__(name, value)"),
    ("int", "($object_name & $int)", "def __and__(self, other):\n    return other & $int"),
    ("bool", "($object_name.a == 1)",
     "def __delattr__(self, name):\n    out('del', name)\n    object.__delattr__(self, name)"),
    ("int", "round($object_name, $few)", "def __round__(self, digits=None):\n    return digits"),
    ("list", "list(reversed($object_name))", "def __reversed__(self):\n    return iter([$int])"),
    ("int", "len({$object_name: 1, $int: 2})",
     "def __eq__(self, other):\n    return self is other\n__hash__ = object.__hash__"),
    ("manager", "$object_name",
     "def __enter__(self):\n"
     "    return $int\n"
     "def __exit__(self, kind, error, traceback):\n"
     "    out(error)\n"
     "    return $bool"),
    ("int", "C1[$int]", "def __class_getitem__(cls, item):\n    return item"),
)
METHODS = ("m0", "m1", "m2", "m3")
METHOD_KINDS = ((6, ""), (1, "@classmethod"), (1, "@staticmethod"))


class Definer(BodyWriter):
    """Makes classes and functions; knows which of them there are."""

    def __init__(self, random):
        super().__init__(random, WORDS, {kind: list(forms) for kind, forms in EXPRESSIONS.items()})
        self.classes = {}
        self.special = random.sample(SPECIAL, random.randint(2, 9))

    def choose_parameters(self, _):
        declaration, calls, integers = self.random.choice(PARAMETERS)
        self.parameters = (declaration, tuple(zip((6, 4, 3, 2, 1), calls)), integers)
        return self.fill(declaration)

    def body(self, statements, **changes):
        """The lines of a function in a scope that has locals of several types; and its cost."""
        cost, self.cost = self.cost, 0
        lines = []
        with self.within(self.scope.copy(in_function=True, **changes)) as scope:
            self.depth = 1
            for kind in self.random.sample(LOCALS, self.random.randint(0, 2)) + ["int"]:
                name = self.new_name(kind)
                lines.append(f"{name} = {self.expression(kind)}")
                scope.add(kind, name)
            for _ in range(statements):
                lines += self.statement()
            self.depth = 3
            result = "int" if scope.in_generator else scope.result
            lines.append(f"return {self.expression(result)}")
        if scope.in_generator:
            lines.insert(-1, "yield 0")
        spent, self.cost = self.cost, cost
        return lines, spent

    def function(self, name):
        """A function that may call those before it."""
        result = pick(self.random, RESULTS)
        declaration = self.choose_parameters("")
        scope = self.scope.copy(result=result, in_generator=result == "generator")
        if scope.in_generator:
            scope.result = "int"
        scope.names["int"] = scope.names.get("int", []) + list(self.parameters[2])
        scope.targets["int"] = list(self.parameters[2])
        calls = self.parameters[1]
        with self.within(scope):
            lines, cost = self.body(self.random.randint(1, 3))
        self.scope.functions.append(Function(name, result, calls, cost))
        return [f"def {name}({declaration}):", *indent(lines)]

    def define_classes(self, count):
        """Classes that all have the same attributes and methods, kept in different ways."""
        self.classes = {f"C{number}": [] for number in range(count)}
        bases = {}
        for number, name in enumerate(self.classes):
            earlier = [f"C{k}" for k in range(number)]
            has_base = earlier and self.random.random() < 0.7
            bases[name] = self.random.choice(earlier) if has_base else ""
            self.classes[name] = self.attributes_of(bases[name])
        for method in METHODS:
            self.define_method(method, bases)
        for kind, use, definition in self.special:
            for name in self.random.sample(list(self.classes), self.random.randint(1, count)):
                self.depth = 2
                with self.within(self.scope.copy()) as scope:
                    self.name_attributes(scope)
                    self.classes[name] += self.fill_definition(definition)
        for kind, use, _ in self.special:
            self.expressions[kind].append((4, use))
        lines = []
        for name, members in self.classes.items():
            head = f"class {name}({bases[name]}):" if bases[name] else f"class {name}:"
            lines += [head, *indent(members)]
        return lines

    def name_attributes(self, scope):
        kinds = {"int": "abg", "float": "c", "str": "d", "list": "e", "dict": "f"}
        for kind, names in kinds.items():
            scope.names[kind] = [f"self.{name}" for name in names]

    def fill_definition(self, definition):
        return [line if line.startswith("def ") else self.fill(line)
                for line in definition.split("\n")]

    def attributes_of(self, base):
        """`__slots__`, `__init__`, and the members that keep attributes elsewhere."""
        members = []
        names = list(ATTRIBUTES)
        self.random.shuffle(names)
        kept = {name: self.random.choice(MEMBERS) if self.random.random() < 0.2 else None
                for name in names}
        if self.random.random() < 0.25:
            slots = [name for name in names if kept[name] is None and self.random.random() < 0.5]
            rest = ["__dict__"] if len(slots) < len(names) or any(kept.values()) else []
            members.append("__slots__ = " + repr(tuple(slots + ([] if base else rest))))
        for name in names:
            if kept[name]:
                members += kept[name].replace("$name", name).strip("\n").split("\n")
        self.depth = 1
        some = names if not base else self.random.sample(names, self.random.randint(0, 3))
        some = [name for name in some if name not in "ab"]
        assigned = [f"self.{name} = {self.fill(ATTRIBUTES[name])}" for name in some]
        passed = ["super().__init__(a, b)"] if base else ["self.a = a", "self.b = b"]
        at = self.random.randrange(len(assigned) + 1)
        body = assigned[:at] + passed + assigned[at:]
        members += ["def __init__(self, a=1, b=2):", *indent(body)]
        if self.random.random() < 0.2:
            members.append("__match_args__ = ('b', 'a')")
        return members

    def define_method(self, method, bases):
        """One method in some classes, all with the same parameters; it may call those before it."""
        declaration = self.choose_parameters("")
        calls, integers = self.parameters[1:]
        most = 1
        for name, members in self.classes.items():
            if bases[name] and self.random.random() < 0.5:
                continue
            kind = pick(self.random, METHOD_KINDS)
            first = {"": "self, ", "@classmethod": "cls, ", "@staticmethod": ""}[kind]
            scope = self.scope.copy(names={"int": list(integers)}, targets={"int": list(integers)})
            if kind == "":
                scope.names["object"] = ["self"]
            with self.within(scope):
                lines, cost = self.body(self.random.randint(0, 2))
                if bases[name] and kind == "" and self.random.random() < 0.6:
                    self.depth = 1
                    arguments = self.fill(pick(self.random, calls))
                    result = self.new_name("int")
                    lines.insert(-1, f"{result} = super().{method}({arguments})")
            most += cost
            members += [kind] if kind else []
            members += [f"def {method}({first}{declaration}):", *indent(lines)]
        self.scope.functions.append(Function(method, "method", calls, most))
