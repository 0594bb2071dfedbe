"""What a generated program is: sequences, each a tree of source lines that can be made smaller."""
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "== sequence"
END = "== end"


@dataclass
class Node:
    """A line, or a compound statement: a header, what is indented below it, lines behind it.

    Without a header the children stand as they are, kept together.
    """

    head: str
    children: list = None
    tail: tuple = ()

    def lines(self, indent=""):
        if self.head:
            yield indent + self.head
        below = indent + "    " if self.head else indent
        if self.children is not None:
            for child in self.children or [Node("pass")]:
                yield from child.lines(below)
        for line in self.tail:
            yield indent + line


@dataclass
class Sequence:
    """Classes, functions and steps that share objects; `nested`: in a function, not in a module."""

    seed: str
    number: int
    nested: bool = False
    parts: list = field(default_factory=list)

    def lines(self):
        yield f"begin({self.number})"
        if not self.nested:
            for part in self.parts:
                yield from part.lines()
        else:
            yield from Node(f"def sequence{self.number}():", self.parts).lines()
            yield f"sequence{self.number}()"
        yield "finish()"


def source(sequences):
    """The text of a program."""
    lines = [(HERE / "prelude.py").read_text(encoding="utf-8")]
    for sequence in sequences:
        lines += sequence.lines()
    lines.append("end()")
    return "\n".join(lines) + "\n"
