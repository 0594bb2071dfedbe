"""Makes the sequence of a seed and a number: always the same one."""
import builtins
import random

from classes import BUILTINS, HOOKS, descriptor_class, hook, metaclass, ordinary_class
from cycles import CycleMaker
from operations import function, operation
from program import Node, Sequence
from templates import NAMES, Writer, pick

PATCHES = (
    (4, "{C}.{n} = {v}"),
    (3, "del {C}.{n}"),
    (3, "{C}.{n} = {D}('{n}')"),
    (3, "{C}.{n} = property(lambda self: ('{n}', 'patched'))"),
    (1, "{C}.{n} = property(lambda self: 'got', lambda self, value: setattr(self, '_p', value))"),
    (3, "{C}.{n} = lambda self, *args: ('{n}', len(args))"),
    (1, "{C}.{n} = staticmethod(lambda *args: len(args))"),
    (1, "{C}.{n} = classmethod(lambda cls, *args: CLASS_NAME(cls))"),
    (1, "{C}.{n} = {C}.__dict__['{n2}']"),
    (1, "{C}.__bases__ = ({C},)"),
    (1, "{C}.__name__ = 'Renamed'"),
    (1, "setattr({C}, '{n}', {v})"),
    (1, "type.__setattr__({C}, '{n}', {v})"),
    (2, "{D}.__set__ = lambda self, obj, value: out('patched set', show(value))"),
    (1, "del {D}.__set__"),
    (1, "{D}.__get__ = lambda self, obj, owner: 'patched get'"),
    (1, "del {D}.__get__"),
    (1, "{D}.__delete__ = lambda self, obj: out('patched delete')"),
    (1, "{D}.__call__ = lambda self, *args: 'called'"),
    (2, "{M}.{n} = {v}"),
    (1, "{M}.{n} = property(lambda cls: 'of the class')"),
    (1, "del {M}.{n}"),
    (1, "{C}.__class__ = {M}"),
    (1, "{C}.__init__ = lambda self, *args: None"),
    (1, "{C}.__del__ = lambda self: out('patched del')"),
    (1, "{C}.__slots__ = ()"),
)
OBJECTS = ("objects", "objects", "objects[:1]", "objects[-1:]", "objects[:2]", "objects[::-1]")
CHANGES = (
    "out(attempt(lambda: watch(objects[0])))",
    "out(attempt(lambda: watch(objects[-1])))",
    "out(alive())",
    "objects[0] = objects[-1]",
    "objects.append(objects.pop(0))",
    "if len(objects) > 1: del objects[0]",
    "out(attempt(lambda: objects.append({C}())))",
    "out(attempt(lambda: objects.insert(0, {C}())))",
    "out(attempt(lambda: list(objects[0].__dict__)))",
)


class Builder:
    """The choices that the parts of one sequence share."""

    def __init__(self, seed, number):
        self.random = random.Random(f"{seed}:{number}")
        self.names = tuple(sorted(self.random.sample(NAMES, self.random.choice((2, 3, 4, 5)))))
        count = self.random.choice((1, 2, 2, 3, 3, 4, 5, 6))
        self.class_names = [f"C{k}" for k in range(count)]
        self.descriptor_names, self.metaclass_names = [], []
        self.skeletons = {name: getattr(builtins, name) for name in (*BUILTINS, "object")}
        self.method_names = self.random.sample(self.names, self.random.randrange(len(self.names)))
        self.has_managers = self.random.random() < 0.3
        self.stores_classes = self.random.random() < 0.5
        self.object_count = self.random.randint(1, 5)
        self.event_count = self.random.randint(1, 3)
        self.function_count = self.random.randint(2, 5)

    def parts(self):
        """Classes, functions, events, objects, steps, and what is seen at the end."""
        random = self.random
        parts = [Node("objects = []")]
        parts += [descriptor_class(self, k) for k in range(random.randint(1, 2))]
        if random.random() < 0.35:
            parts += [metaclass(self, k) for k in range(random.randint(1, 2))]
        parts += [ordinary_class(self, k) for k in range(len(self.class_names))]
        parts += [function(self, k) for k in range(self.function_count)]
        parts += [self.event(k) for k in range(self.event_count)]
        for _ in range(self.object_count):
            parts.append(self.creation(random.choice(self.class_names)))
        parts.append(Node("if not objects: objects.append(Leaf(None))"))
        parts += [self.step() for _ in range(random.randint(4, 9))]
        classes = ", ".join(self.class_names)
        return parts + [Node("out(alive())"), Node(f"state(objects, ({classes},))"),
                        Node("objects.clear()"), Node("out(alive())")]

    def creation(self, name):
        return Node(f"out(attempt(lambda: objects.append({name}())))")

    def patch(self):
        """A statement that changes a class."""
        writer = Writer(self, ("objects[0]", "objects[-1]"), results=("r0",))
        if self.random.random() < 0.2:
            return self.patch_hook(writer)
        return [Node(writer.fill(pick(self.random, PATCHES)))]

    def patch_hook(self, writer):
        """Gives a special method to a class, or takes it away."""
        name = self.random.choice(list(HOOKS))
        owner = writer.choose_C()
        if self.random.random() < 0.4:
            return [Node(f"del {owner}.{name}")]
        patched = hook(self.random, name)
        lines = [Node(line.head.replace("super()", f"super({owner}, self)"))
                 for line in patched.children]
        head = patched.head.replace(name, "patched", 1)
        return [Node(head, lines), Node(f"{owner}.{name} = patched")]

    def event(self, number):
        writer = Writer(self, ("objects[0]", "objects[-1]"), results=("r0",))
        lines = [Node("i = 3; q = r0 = None")]
        for _ in range(self.random.choice((1, 1, 1, 2))):
            lines += self.patch() if self.random.random() < 0.75 else [Node(operation(writer))]
        return Node(f"def event{number}():", lines)

    def step(self):
        """Calls a function many times, an event, or changes which objects there are."""
        kind = self.random.random()
        number = self.random.randrange(self.function_count)
        event = self.random.randrange(self.event_count)
        times = self.random.choice((4, 6, 9, 12))
        at = f", {self.random.randrange(times)}, event{event}" if kind > 0.45 else ""
        if kind < 0.75:
            objects = self.random.choice(OBJECTS)
            look = self.random.choice(("", "", ", look=peek", ", look=peek_dict"))
            return Node(f"repeat(run{number}, {objects}, {times}{at}{look})")
        if kind < 0.85:
            return Node(f"out('event', attempt(event{event}))")
        return Node(Writer(self).fill(self.random.choice(CHANGES)))


def make(seed, number):
    builder = Builder(seed, number)
    nested = builder.random.random() < 0.3
    parts = CycleMaker(builder, seed, number).add(builder.parts())
    return Sequence(seed, number, nested, parts)
