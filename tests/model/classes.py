"""Random classes: hierarchies with a legal order, and members of every kind."""
from operations import CATCHES, MEMBER_KINDS, QUIET_KINDS, operation
from program import Node
from templates import Writer, pick

BUILTINS = ("int", "str", "list", "dict", "Exception")
GETS = (
    "return self if obj is None else (self.name, 'got')",
    "return obj.__dict__.get(self.name) if obj is not None else 'class'",
    "return getattr(obj, '_' + str(self.name), None)",
    "return self.name",
    "raise AttributeError(self.name)",
    "return (self.name, show(obj), CLASS_NAME(owner))",
)
SETS = (
    "obj.__dict__[self.name] = value",
    "object.__setattr__(obj, '_' + str(self.name), value)",
    "out('set', self.name, show(value))",
    "self.name = 'renamed'",
    "raise AttributeError('read only')",
)
DELETES = ("obj.__dict__.pop(self.name, None)", "out('delete', self.name)")
# Special methods: parameters, and bodies to choose from.
HOOKS = {
    "__getattr__": ("(self, name)", (
        "raise AttributeError(name)",
        "if name in NAMES: return (name, 'hook')\nraise AttributeError(name)",
        "out('getattr', name); raise AttributeError(name, name=name, obj=self)")),
    "__getattribute__": ("(self, name)", (
        "return object.__getattribute__(self, name)",
        "return super().__getattribute__(name)",
        "out('getattribute', name); return super().__getattribute__(name)",
        "if name == 'c': raise AttributeError(name)\nreturn super().__getattribute__(name)")),
    "__setattr__": ("(self, name, value)", (
        "object.__setattr__(self, name, value)",
        "super().__setattr__(name, value)",
        "self.__dict__[name] = value",
        "out('setattr', name); super().__setattr__(name, value)",
        "super().__setattr__(name, value); self.__dict__['f'] = name")),
    "__delattr__": ("(self, name)", (
        "object.__delattr__(self, name)", "super().__delattr__(name)", "out('delattr', name)")),
    "__eq__": ("(self, other)", (
        "return type(self) is type(other)", "return NotImplemented",
        "out('eq'); return self is other")),
    "__hash__": ("(self)", ("return 1", "return object.__hash__(self) and 7")),
    "__bool__": ("(self)", ("return False", "return hasattr(self, 'a')")),
    "__len__": ("(self)", ("return 0", "return 3")),
    "__call__": ("(self, *args)", ("return ('called', args)",)),
    "__enter__": ("(self)", (
        "self.f = 'in'; return self", "out('enter'); return self.__dict__")),
    "__exit__": ("(self, kind, error, trace)", (
        "self.f = 'out'", "out('exit', kind is None); return True", "del self.f")),
    "__new__": ("(cls, *args)", (
        "return super().__new__(cls)", "q = super().__new__(cls); q.e = 1; return q")),
    "__dir__": ("(self)", ("return ['a', 'b']",)),
}
HOOK_WEIGHTS = (
    (4, "__getattr__"), (2, "__getattribute__"), (3, "__setattr__"), (1, "__delattr__"),
    (2, "__eq__"), (1, "__hash__"), (1, "__bool__"), (1, "__len__"), (1, "__call__"),
    (1, "__enter__"), (1, "__exit__"), (1, "__new__"), (1, "__dir__"),
)
MEMBERS = ((5, "data"), (5, "method"), (4, "property"), (4, "descriptor"), (1, "classmethod"),
           (1, "staticmethod"), (4, "hook"), (1, "nested"))


def body(text):
    return [Node(line) for line in text.split("\n")]


def hook(random, name):
    parameters, texts = HOOKS[name]
    return Node(f"def {name}{parameters}:", body(random.choice(texts)))


class ClassMaker:
    """Makes the members of one class."""

    def __init__(self, sequence, name):
        self.sequence = sequence
        self.random = sequence.random
        self.name = name

    def writer(self, attribute, owner="self"):
        """What code behind an attribute may touch: the attributes behind it."""
        names = self.sequence.names
        later = names[names.index(attribute) + 1:] if attribute in names else names
        return Writer(self.sequence, (owner,), later or ("_p",), ("result",))

    def steps(self, attribute, most, owner="self"):
        """Statements of a method; `i` is the one number that they know."""
        writer = self.writer(attribute, owner)
        kinds = QUIET_KINDS if self.sequence.stores_classes else MEMBER_KINDS
        nodes = [Node(operation(writer, kinds)) for _ in range(self.random.randint(0, most))]
        if nodes and self.random.random() < 0.4:
            catch = self.random.choice(CATCHES)
            nodes = [Node("try:", nodes, (f"except {catch} as error:", "    out(fail(error))"))]
        return [Node("i = 5; q = result = None"), *nodes]

    def member(self, attribute):
        if attribute in self.sequence.method_names and self.random.random() < 0.7:
            return self.make_method(attribute)
        return getattr(self, "make_" + pick(self.random, MEMBERS))(attribute)

    def make_data(self, attribute):
        number = str(self.random.randrange(100))
        value = self.random.choice((number, f"'{self.name}'", "None", "Leaf('class')", "1.5", "[]"))
        return [Node(f"{attribute} = {value}")]

    def make_method(self, attribute):
        end = self.random.choice(("return result", "return (i, result)", "return self",
                                  f"return super().{attribute}()"))
        return [Node(f"def {attribute}(self, *args):", [*self.steps(attribute, 3), Node(end)])]

    def make_property(self, attribute):
        get = self.random.choice(("return self._p", "return result", f"return super().{attribute}",
                                  "raise AttributeError('hidden')"))
        nodes = [Node("@property"),
                 Node(f"def {attribute}(self):", [*self.steps(attribute, 1), Node(get)])]
        if self.random.random() < 0.6:
            put = self.random.choice(("self._p = value", "self.__dict__['_p'] = value", "pass"))
            lines = [*self.steps(attribute, 1), Node(put)]
            nodes += [Node(f"@{attribute}.setter"), Node(f"def {attribute}(self, value):", lines)]
        if self.random.random() < 0.3:
            lines = self.steps(attribute, 1)
            nodes += [Node(f"@{attribute}.deleter"), Node(f"def {attribute}(self):", lines)]
        return [Node("", nodes)]

    def make_descriptor(self, attribute):
        name = self.random.choice(self.sequence.descriptor_names)
        return [Node(f"{attribute} = {name}('{attribute}')")]

    def make_classmethod(self, attribute):
        lines = [*self.steps(attribute, 1, "cls"), Node("return (CLASS_NAME(cls), result)")]
        return [Node("", [Node("@classmethod"), Node(f"def {attribute}(cls, *args):", lines)])]

    def make_staticmethod(self, attribute):
        lines = [Node("return len(args)")]
        return [Node("", [Node("@staticmethod"), Node(f"def {attribute}(*args):", lines)])]

    def make_nested(self, attribute):
        return [Node(f"class {attribute}:", [Node(f"{name} = '{name} of nested'")
                                            for name in self.sequence.names[:2]])]

    def make_hook(self, _):
        return [hook(self.random, pick(self.random, HOOK_WEIGHTS))]

    def make_init(self):
        names = self.random.sample(self.sequence.names, len(self.sequence.names))
        writer = Writer(self.sequence, ("self",), names, ("result",))
        lines = [Node(f"self.{name} = {writer.choose_v()}") for name in names
                 if self.random.random() < (0.1 if name in self.sequence.method_names else 0.8)]
        kind = self.random.randrange(8)
        if kind == 0:
            count = self.random.choice((3, 20, 29, 30, 31, 40))
            lines.append(Node(f"for k in range({count}): setattr(self, 'x' + str(k), k)"))
        elif kind < 3:
            lines += self.steps("", 3)[1:]
        return Node("def __init__(self, i=0, *args):", [Node("q = result = None"), *lines])

    def make_del(self):
        lines = [Node(f"out('del', '{self.name}')"), *self.steps("", 2)]
        if self.random.random() < 0.3:
            lines.append(Node("rise(self, objects)"))
        return Node("def __del__(self):", lines)


def stand_ins(sequence, bases):
    return tuple(sequence.skeletons[name] for name in bases)


def choose_bases(sequence):
    """Names of bases; mostly such that Python finds an order and a layout."""
    random = sequence.random
    known = [name for name in sequence.skeletons if name in sequence.class_names]
    for _ in range(8):
        bases = random.sample(known, min(len(known), random.choice((1, 1, 1, 2, 3))))
        if random.random() < 0.08:
            bases.append(random.choice(BUILTINS))
        try:
            type("Try", stand_ins(sequence, bases), {})
        except TypeError:
            if random.random() < 0.05:
                return bases
            continue
        return bases
    return []


def choose_slots(sequence):
    """The names of __slots__, or None."""
    if sequence.random.random() > 0.2:
        return None
    names = sequence.random.sample(sequence.names, sequence.random.randint(0, 2))
    extra = [name for name in ("__dict__", "__weakref__") if sequence.random.random() < 0.4]
    return tuple(names + extra)


def register(sequence, name, bases, slots):
    """Notes a stand-in of the same layout, for the bases of later classes."""
    namespace = {} if slots is None else {"__slots__": slots}
    try:
        sequence.skeletons[name] = type(name, stand_ins(sequence, bases), namespace)
    except (TypeError, ValueError):
        sequence.skeletons[name] = type(name, (), {})


def class_members(sequence, name, slots):
    random = sequence.random
    maker = ClassMaker(sequence, name)
    members = [] if slots is None else [Node(f"__slots__ = {slots!r}")]
    if random.random() < 0.8:
        members.append(maker.make_init())
    if random.random() < 0.2:
        members.append(maker.make_del())
    for attribute in sequence.names:
        if attribute not in (slots or ()) and random.random() < 0.35:
            members += maker.member(attribute)
    if sequence.has_managers and random.random() < 0.8:
        members += [hook(random, special) for special in ("__enter__", "__exit__")]
    return members


def ordinary_class(sequence, number):
    """A class statement; where it fails, an empty class takes its place."""
    random = sequence.random
    name = f"C{number}"
    bases = choose_bases(sequence) if number > 0 and random.random() < 0.7 else []
    slots = choose_slots(sequence)
    members = class_members(sequence, name, slots)
    register(sequence, name, bases, slots)
    arguments = list(bases)
    if sequence.metaclass_names and random.random() < 0.5:
        arguments.append(f"metaclass={random.choice(sequence.metaclass_names)}")
    statement = Node(f"class {name}({', '.join(arguments)}):", members)
    return Node("try:", [statement], ("except Exception as error:",
                                      f"    out('{name}', fail(error))", f"    class {name}: pass"))


def descriptor_class(sequence, number):
    random = sequence.random
    members = [Node("def __init__(self, name=None):", [Node("self.name = name")])]
    if random.random() < 0.4:
        members.append(Node("def __set_name__(self, owner, name):",
                            [Node("out('set_name', CLASS_NAME(owner), name)")]))
    if random.random() < 0.85:
        members.append(Node("def __get__(self, obj, owner=None):", body(random.choice(GETS))))
    if random.random() < 0.6:
        members.append(Node("def __set__(self, obj, value):", body(random.choice(SETS))))
    if random.random() < 0.3:
        members.append(Node("def __delete__(self, obj):", body(random.choice(DELETES))))
    name = f"D{number}"
    sequence.descriptor_names.append(name)
    return Node(f"class {name}:", members)


def metaclass(sequence, number):
    name = f"M{number}"
    maker = ClassMaker(sequence, name)
    members = []
    for attribute in sequence.names:
        if sequence.random.random() < 0.25:
            members += getattr(maker, "make_" + sequence.random.choice(
                ("data", "method", "property", "descriptor")))(attribute)
    for special in ("__getattr__", "__setattr__", "__getattribute__", "__bool__", "__eq__"):
        if sequence.random.random() < 0.1:
            members.append(hook(sequence.random, special))
    if sequence.random.random() < 0.15:
        members.append(Node("def __call__(cls, *args):", [
            Node(f"out('{name} call')"), Node("return super().__call__(*args)")]))
    sequence.metaclass_names.append(name)
    return Node(f"class {name}(type):", members)
