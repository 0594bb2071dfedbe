"""Garbage cycles and collections, put between the steps of some sequences."""
from random import Random

from program import Node
from templates import pick

# How a cycle comes about that nobody refers to any more; the functions are the prelude's.
LOSSES = (
    (4, "lost_one({C}, '{n}')"),
    (4, "lost_two({C}, {C2}, '{n}', '{n2}')"),
    (2, "lost_list({C}, '{n}')"),
    (2, "lost_dict({C}, '{n}')"),
    (2, "lost_key({C}, '{n}')"),
    (1, "lost_closure({C}, '{n}')"),
    (1, "lost_method({C}, '{n}')"),
    (1, "lost_class({C}, '{n}')"),
    (1, "lost_error({C}, '{n}')"),
    (2, "lost_watched({C}, '{n}')"),
    (2, "lost_with_leaf({C}, '{n}', '{n2}')"),
)
# What ties objects together that live on, and lets go of some.
TIES = (
    (3, "tie(objects, '{n}')"),
    (2, "tie(objects[::-1], '{n}')"),
    (2, "out(attempt(lambda: setattr(objects[0], '{n}', objects)))"),
    (2, "tie(objects, '{n}'); del objects[1:]"),
    (1, "tie(objects, '{n}'); del objects[0]; objects.append(Leaf(None))"),
)
COLLECTIONS = ((6, "collect()"), (1, "gc.enable(); out(gc.isenabled())"), (1, "gc.disable()"))
WITHIN = ("if i == {few}: collect()", "if i == {few}: lost_one({C}, '{n}'); collect()",
          "if i == {few}: lost_two({C}, {C2}, '{n}', '{n2}')")
SHARE = 0.2


class CycleMaker:
    """Its own random numbers: the other parts of a sequence are the same without it."""

    def __init__(self, builder, seed, number):
        self.builder = builder
        self.random = Random(f"{seed}:{number}:cycles")

    def fill(self, template):
        classes, names = self.builder.class_names, self.builder.names
        words = {"C": self.random.choice(classes), "C2": self.random.choice(classes),
                 "n": self.random.choice(names), "n2": self.random.choice(names),
                 "few": self.random.randrange(1, 8)}
        return template.format(**words)

    def steps(self):
        nodes = []
        for _ in range(self.random.randint(1, 2)):
            nodes.append(Node(self.fill(pick(self.random, self.random.choice((LOSSES, LOSSES,
                                                                              TIES))))))
        if self.random.random() < 0.8:
            nodes.append(Node(pick(self.random, COLLECTIONS)))
        return nodes

    def add(self, parts):
        """The parts with cycles and collections in some of the functions and between steps."""
        if self.random.random() >= SHARE:
            return parts
        changed = [Node("settle()")]
        for part in parts:
            is_function = part.head.startswith("def run")
            if is_function and self.random.random() < 0.3:
                part.children.insert(1, Node(self.fill(self.random.choice(WITHIN))))
            is_step = part.head.startswith(("repeat", "out('event'"))
            if is_step and self.random.random() < 0.6:
                changed += self.steps()
            changed.append(part)
        return [*changed, Node("collect()"), Node("gc.disable()")]
