"""Programs on their way through python3 and tagproof: many in a process, each a module of its own.

What runs and compares is that of tests/model; a sequence there is a program here.
"""
import ast
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "tests/model"))

from execution import TIMED_OUT, Runner  # noqa: E402

# Rejected code and a damaged heap: known only at the end of a process, whichever program it was.
AT_THE_END = (70, 71)


@dataclass
class Program:
    """A module; `parts` is its tree as soon as it is made smaller."""

    seed: str
    number: int
    text: str
    parts: list = field(default_factory=list)

    def lines(self):
        return (ast.unparse(self.parts[0]) if self.parts else self.text).splitlines()

    def parse(self):
        self.parts = [ast.parse(self.text)]


class ProgramRunner(Runner):
    """Runs the programs of a batch one after another; a crash does not hide those behind it."""

    def __init__(self, tagproof, folder, timeout):
        super().__init__(tagproof, folder, timeout)
        shutil.copy(HERE / "observe.py", folder)

    def write(self, sequences, name):
        for program in sequences:
            path = self.folder / f"program{program.number}.py"
            path.write_text("\n".join(program.lines()) + "\n", encoding="utf-8")
        path = self.folder / f"{name}.py"
        runs = [f"run({program.number})" for program in sequences]
        path.write_text("\n".join(["from observe import end, run", *runs, "end()"]) + "\n")
        return path

    def remove(self, sequences, path):
        path.unlink()
        for program in sequences:
            (self.folder / f"program{program.number}.py").unlink()

    def differences(self, sequences, first, mode, expected, actual):
        """As in the model; the text of a program in which the process died is not a whole one."""
        if actual.status not in (0, *AT_THE_END) and actual.texts:
            actual.texts.popitem()
        return super().differences(sequences, first, mode, expected, actual)

    def compare_all(self, sequences, first, mode, expected, counts):
        """The differences of each program of a batch, in as many processes as that takes."""
        path = self.write(sequences, f"batch-{sequences[0].number}-{mode}")
        actual = self.tagproof_outcome(path, mode, first)
        path.unlink()
        counts.update(actual.counts)
        if actual.status in (TIMED_OUT, *AT_THE_END) and len(sequences) > 1:
            middle = len(sequences) // 2
            halves = (sequences[:middle], sequences[middle:])
            return [found for half in halves
                    for found in self.compare_all(half, first, mode, expected, counts)]
        found = self.differences(sequences, first, mode, expected, actual)
        rest = [] if actual.status == 0 else [
            program for program in sequences if found and program.number > found[-1].number]
        return found + (self.compare_all(rest, first, mode, expected, counts) if rest else [])
