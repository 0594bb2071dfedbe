"""Fills templates such as "{o}.{n} = {v}" with random choices that fit a sequence.

Attribute names stand in an order, and the code behind a name touches only later names, so that no
program runs into itself without end.
"""
import re

PLACE = re.compile(r"\{(\w+)\}")
NAMES = ("a", "b", "c", "d", "e", "f")
VALUES = (
    (6, "i"), (3, "{number}"), (2, "'text'"), (2, "i * 0.5"), (2, "None"), (2, "(i, '{n}')"),
    (1, "[i]"), (3, "Leaf(i)"), (1, "Leaf('{n}')"), (1, "1 << 70"), (1, "{p}"), (1, "{stored}"),
    (2, "(lambda *args: len(args))"), (1, "{o}.{n}"), (1, "{{'{n}': i}}"), (1, "str(i)"),
    (1, "float(i)"), (1, "True"),
)
KEYS = (
    (3, "'{n}'"), (2, "Key('{n}')"), (1, "i"), (1, "None"), (1, "('{n}', i)"), (1, "i * 0.5"),
    (1, "Key('{n}' + str(i))"), (1, "'{n}' + str(i)"),
)


def pick(random, weighted):
    """One of (weight, item) pairs."""
    at = random.randrange(sum(weight for weight, _ in weighted))
    for weight, item in weighted:
        at -= weight
        if at < 0:
            return item
    raise AssertionError("no weights")


class Writer:
    """The choices of one place in a sequence: which objects, names and results it may use."""

    def __init__(self, sequence, objects=("o", "o", "p"), names=None, results=("r0", "r1")):
        self.sequence = sequence
        self.random = sequence.random
        self.objects = objects
        self.names = names or sequence.names
        self.results = results

    def fill(self, template, **fixed):
        """The template with choose_NAME() for each {NAME} not fixed; {{ and }} are braces."""
        def choice(match):
            word = match[1]
            return fixed[word] if word in fixed else getattr(self, "choose_" + word)()
        return PLACE.sub(choice, template).replace("{{", "{").replace("}}", "}")

    def choose_o(self):
        return self.random.choice(self.objects)

    choose_p = choose_o

    def choose_n(self):
        return self.random.choice(self.names)

    choose_n2 = choose_n

    def choose_m(self):
        """A name that is a method in most classes, unless the place is behind all of those."""
        methods = [name for name in self.names if name in self.sequence.method_names]
        return self.random.choice(methods or self.names)

    def choose_v(self):
        return self.fill(pick(self.random, VALUES))

    def choose_key(self):
        return self.fill(pick(self.random, KEYS))

    def choose_r(self):
        return self.random.choice(self.results)

    def choose_number(self):
        return str(self.random.randrange(100))

    def choose_few(self):
        return str(self.random.randrange(1, 8))

    def choose_many(self):
        return str(self.random.choice((3, 20, 29, 31, 33, 60)))

    def choose_C(self):
        return self.random.choice(self.sequence.class_names)

    def choose_stored(self):
        """A class as a value: it can be called, which code of classes must then not do."""
        return self.choose_C() if self.sequence.stores_classes else self.choose_number()

    def choose_D(self):
        return self.random.choice(self.sequence.descriptor_names)

    def choose_M(self):
        return self.random.choice(self.sequence.metaclass_names or self.sequence.class_names)

    def choose_index(self):
        return str(self.random.randrange(self.sequence.object_count))
