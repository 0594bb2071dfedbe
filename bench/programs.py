#!/usr/bin/python3
"""Measures the programs of bench/programs: python3, tagproof interpreted, tagproof compiled.

Figures are milliseconds of CPU time of the whole process, its start included: the fastest of all
runs. The engines take turns, and must print the same to the byte. Then stands what the compiled runs
left to the interpreter, function by function with the reason; a module's own statements run once and
are not among it. Status: 0, 1 when something is printed differently, fails or is rejected by the
verifier, 2 for bad usage.
"""
import re
import resource
import statistics
import sys
from dataclasses import dataclass, field

import beside_python
from beside_python import Failed

PROGRAMS = beside_python.ROOT / "bench/programs"
APART = {"repro_stress"}  # steers the compiler itself: tagproof bench stress
ENGINES = ("python3", "interpreted", "compiled")
EXAMPLES = """examples:
  bench/programs.py                         all programs at their own size
  bench/programs.py --filter 'bank|scheduler' --repetitions 9
  bench/programs.py --filter '^nbody$' --size 500000
  bench/programs.py --tagproof build/release/bin/tagproof --json > programs.json
"""


@dataclass
class Program:
    """What was measured of one program."""

    name: str
    milliseconds: dict = field(default_factory=lambda: {engine: [] for engine in ENGINES})
    outputs: dict = field(default_factory=dict)
    interpreted: dict = field(default_factory=dict)  # function: reason
    rejected: int = 0

    @property
    def path(self):
        return str(PROGRAMS / f"{self.name}.py")

    def add(self, engine, milliseconds, output):
        self.milliseconds[engine].append(milliseconds)
        if self.outputs.setdefault(engine, output) != output:
            raise Failed(f"{self.name}: {engine} does not print the same twice")

    def ms(self, engine):
        return min(self.milliseconds[engine])

    def ratio(self, engine):
        """How many times as fast as python3."""
        return self.ms("python3") / self.ms(engine)

    @property
    def checksum(self):
        """The last word that is printed."""
        return (self.outputs["python3"].split() or ["none"])[-1]

    def fault(self):
        """Why the program is not to be trusted, or nothing."""
        different = [engine for engine in ENGINES if self.outputs[engine] != self.outputs["python3"]]
        if different:
            return f"not what python3 prints: {', '.join(different)}"
        return f"the verifier rejected {self.rejected} units" if self.rejected else ""

    def as_json(self):
        figures = {engine: {"ms": round(self.ms(engine), 2),
                            "median_ms": round(statistics.median(self.milliseconds[engine]), 2)}
                   for engine in ENGINES}
        return {"program": self.name, "checksum": self.checksum, "fault": self.fault(), **figures,
                "ratio": round(self.ratio("compiled"), 3),
                "interpreted_ratio": round(self.ratio("interpreted"), 3),
                "left_interpreted": self.interpreted}


# --- the engines ---------------------------------------------------------------------------------


def run(command):
    """Milliseconds of CPU time, standard output, standard error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = beside_python.run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds * 1000, done.stdout, done.stderr


def measure(tagproof, names, size, repetitions):
    """The programs. The engines take turns: A B C, C B A, A B C, ..."""
    commands = {"python3": [beside_python.PYTHON, "-B"], "interpreted": [str(tagproof), "run", "--jit=off"],
                "compiled": [str(tagproof), "run"]}
    programs = [Program(name) for name in names]
    for repetition in range(repetitions):
        for number, program in enumerate(programs):
            beside_python.progress(f"{repetition + 1}/{repetitions}: {number + 1}/{len(names)} "
                          f"{program.name}")
            for engine in beside_python.in_turns(ENGINES, repetition):
                milliseconds, output, _ = run([*commands[engine], program.path, *size])
                program.add(engine, milliseconds, output)
    for program in programs:
        beside_python.progress(f"what was compiled of {program.name}")
        _, _, statistics_text = run([str(tagproof), "run", "--stats", program.path, *size])
        program.interpreted, program.rejected = left_interpreted(statistics_text)
    beside_python.progress("")
    return programs


def left_interpreted(text):
    """What --stats says: {function: reason}, and how many units were rejected."""
    statistics_text = text.rpartition("statistics\n")[2]
    rejected = re.search(r"^  rejected +(\d+)$", statistics_text, re.MULTILINE)
    if rejected is None:
        raise Failed("--stats does not say how many units were rejected")
    functions = {}
    listed = statistics_text.partition("left interpreted")[2]
    for name, _, reason in re.findall(r"^    (.*?)( \(loop at line \d+\))? \(.*?:\d+\): (.*)$",
                                      listed, re.MULTILINE):
        if name != "<module>":
            functions[name] = reason
    return functions, int(rejected.group(1))


# --- the table -----------------------------------------------------------------------------------


def table(programs):
    width = max(len(program.name) for program in programs + [Program("ms of CPU time")])
    lines = [f"{'ms of CPU time':{width}}  {'python3':>9} {'interpreted':>11} {'compiled':>9}  "
             "times as fast as python3"]
    for program in programs:
        ms = [f"{program.ms(engine):.0f}" for engine in ENGINES]
        lines.append(f"{program.name:{width}}  {ms[0]:>9} {ms[1]:>11} {ms[2]:>9}  "
                     f"{program.ratio('interpreted'):6.2f} interpreted "
                     f"{program.ratio('compiled'):7.2f} compiled  {program.fault()}".rstrip())
    return "\n".join(lines)


def summary(programs):
    means = {engine: statistics.geometric_mean(program.ratio(engine) for program in programs)
             for engine in ENGINES[1:]}
    return (f"{len(programs)} programs; geometric mean {means['interpreted']:.2f} interpreted, "
            f"{means['compiled']:.2f} compiled")


def interpreted_functions(programs):
    lines = [f"  {program.name}: {function}: {reason}" for program in programs
             for function, reason in program.interpreted.items()]
    return "\n".join(["functions that stay interpreted:" + ("" if lines else " none"), *lines])


def report(programs, arguments):
    found = beside_python.surroundings()
    if arguments.json:
        beside_python.print_json(found, arguments.repetitions,
                                 programs=[program.as_json() for program in programs])
        return
    print(beside_python.describe(found, f"{arguments.repetitions} runs each"), table(programs),
          summary(programs), interpreted_functions(programs), sep="\n")


# --- the command line ----------------------------------------------------------------------------


def selected(pattern):
    names = [path.stem for path in sorted(PROGRAMS.glob("*.py")) if path.stem not in APART]
    found = [name for name in names if pattern.search(name)]
    if not found:
        raise ValueError(f"no program matches {pattern.pattern!r}; there are {', '.join(names)}")
    return found


def parse_arguments(words):
    parser = beside_python.make_parser(__doc__, EXAMPLES, "tagproof", "programs in whose name",
                                       repetitions=5)
    parser.add_argument("--size", metavar="N", type=int, help="the argument of each program "
                        "(default: none, they have sizes of their own)")
    arguments = beside_python.parse(parser, words, "tagproof", selected)
    arguments.size = [] if arguments.size is None else [str(arguments.size)]
    return arguments


def main(words=None):
    arguments = parse_arguments(words)

    def measured():
        programs = measure(arguments.program, arguments.selected, arguments.size,
                           arguments.repetitions)
        report(programs, arguments)
        return programs

    return beside_python.finish("programs.py", measured)


if __name__ == "__main__":
    sys.exit(main())
