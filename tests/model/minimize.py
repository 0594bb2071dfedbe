"""Makes a difference small: drops sequences, then parts of them, while it remains."""
import time


class Minimizer:
    """Tries smaller and smaller programs in one mode, for a limited time."""

    def __init__(self, runner, first, mode, seconds):
        self.runner = runner
        self.first = first
        self.mode = mode
        self.deadline = time.monotonic() + seconds
        self.sequences = []

    def differs(self):
        """Whether the program as it is now still differs."""
        return time.monotonic() <= self.deadline and bool(self.found())

    def found(self):
        """The differences of the program as it is now."""
        path = self.runner.write(self.sequences, "smaller")
        expected = self.runner.oracle(path)
        if expected.status != 0:
            return []
        actual = self.runner.tagproof_outcome(path, self.mode, self.first)
        return self.runner.differences(self.sequences, self.first, self.mode, expected, actual)

    def minimize(self, sequences, number):
        """Leaves the smallest program found; whether the sequence differs without others."""
        self.sequences = [sequence for sequence in sequences if sequence.number == number]
        alone = self.differs()
        if not alone:
            self.sequences = [sequence for sequence in sequences if sequence.number <= number]
            self.shorten(self.sequences)
        for _ in range(3):
            before = sum(1 for sequence in self.sequences for _ in sequence.lines())
            for sequence in self.sequences:
                self.shrink(sequence.parts)
            if before == sum(1 for sequence in self.sequences for _ in sequence.lines()):
                break
        return alone

    def shrink(self, nodes):
        """Drops what can be dropped of a list of nodes, at all depths."""
        self.shorten(nodes)
        for node in nodes:
            if node.children is not None:
                self.shrink(node.children)
        self.unwrap(nodes)

    def shorten(self, items):
        """Drops items of the list, many at once first."""
        size = max(1, len(items) // 2)
        while True:
            at = 0
            while at < len(items):
                removed = items[at:at + size]
                items[at:at + size] = []
                if not self.differs():
                    items[at:at] = removed
                    at += size
            if size == 1:
                return
            size //= 2

    def unwrap(self, nodes):
        """Puts the children of a compound statement in its place."""
        for node in list(nodes):
            is_statement = node.children and not node.head.startswith(("def ", "class ", "@"))
            if not is_statement:
                continue
            at = next(k for k, other in enumerate(nodes) if other is node)
            nodes[at:at + 1] = node.children
            if not self.differs():
                nodes[at:at + len(node.children)] = [node]


def text_of(sequences):
    """The program without its head."""
    return "\n".join(line for sequence in sequences for line in sequence.lines())

