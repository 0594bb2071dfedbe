"""Makes program K of a seed: always the same."""
from random import Random

from definitions import METHODS, Definer
from events import CHANGED, EVENTS
from managers import mentioned
from programs import Program
from writer import Missing, indent, pick

HEAD = "from observe import attempt, attributes, out"


class ProgramWriter(Definer):
    """Writes classes, functions, and what is done with them, over and over."""

    def __init__(self, random):
        super().__init__(random)
        self.words = dict(self.words, method=tuple((1, name) for name in METHODS))

    def program(self):
        count = self.random.randint(2, 3)
        lines = ["G0 = 1", "G1 = [1, 2, 3]", "G2 = {'a': 1, 'b': 2}"]
        lines += self.define_classes(count)
        self.words["class"] = tuple((1, name) for name in self.classes)
        self.scope.names = {"int": ["G0"], "list": ["G1"], "dict": ["G2"]}
        for number in range(self.random.randint(1, 3)):
            lines += self.function(f"f{number}")
        lines += self.strike()
        classes = list(self.classes)
        objects = [f"{self.random.choice(classes)}({k}, {k + 1})"
                   for k in range(self.random.randint(1, 4))]
        lines += [f"objects = [{', '.join(objects)}]", "kept = []", "now = -1"]
        for number in range(self.random.randint(1, 2)):
            lines += self.work(f"work{number}")
        lines += ["for each in objects:", "    print(attributes(each))", "out(G0, G1, G2, kept)"]
        for name in self.classes:
            lines.append(f"out([name for name in vars({name}) if name[:2] != '__'])")
        return [HEAD, *mentioned("\n".join(lines)), *lines]

    def strike(self):
        """The event: it happens when the round has come."""
        self.depth = 2
        while True:
            try:
                event = self.fill(pick(self.random, EVENTS))
                break
            except Missing:
                continue
        self.round = self.random.randint(1, 9)
        one = f"one = objects[{self.random.randrange(4)} % len(objects)]"
        body = [CHANGED, f"if now == {self.round}:", *indent([one, *event.split("\n")])]
        return ["def strike():", *indent(body)]

    def work(self, name):
        """A function that is called in many rounds, with objects in turn."""
        result = self.random.choice(("int", "int", "str", "list", "any"))
        scope = self.scope.copy(result=result)
        scope.names["object"] = ["one", "one", "other"]
        scope.names["int"] = ["G0", "i"]
        scope.targets["int"] = ["i"]
        with self.within(scope):
            lines, _ = self.body(self.random.randint(2, 5))
        inside = any("strike()" in line for line in lines)
        pair = "objects[now % len(objects)], objects[(now + 1) % len(objects)]"
        strike = [] if inside else ["    out('strike', attempt(strike))"]
        rounds = self.round + self.random.randint(2, 8)
        return [f"def {name}(one, other, i):", *indent(lines), f"for now in range({rounds}):",
                *strike, f"    print(now, attempt({name}, {pair}, now))"]


def make(seed, number):
    """Program `number` of a seed."""
    writer = ProgramWriter(Random(f"{seed}/{number}"))
    return Program(seed, number, "\n".join(writer.program()) + "\n")
