#!/usr/bin/python3
"""Measures the programs of bench/programs: python3, tagproof interpreted, tagproof compiled.

Figures are milliseconds of CPU time of the whole process, its start included: the fastest of all
runs. The engines take turns, and must print the same to the byte. Then stands what the compiled runs
left to the interpreter, function by function with the reason; a module's own statements run once and
are not among it. Status: 0, 1 when something is printed differently, fails or is rejected by the
verifier, 2 for bad usage.
"""
import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass, field

import grid

PROGRAMS = grid.ROOT / "bench/programs"
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
            raise grid.Failed(f"{self.name}: {engine} does not print the same twice")

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
    done = subprocess.run(command, capture_output=True, text=True, cwd=grid.ROOT,
                          env={**os.environ, "PYTHONHASHSEED": "0"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise grid.Failed(f"{' '.join(command)}\nended with {done.returncode}: "
                          f"{done.stderr.strip()}")
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds * 1000, done.stdout, done.stderr


def measure(tagproof, names, size, repetitions):
    """The programs. The engines take turns: A B C, C B A, A B C, ..."""
    commands = {"python3": [grid.PYTHON, "-B"], "interpreted": [str(tagproof), "run", "--jit=off"],
                "compiled": [str(tagproof), "run"]}
    programs = [Program(name) for name in names]
    for repetition in range(repetitions):
        for number, program in enumerate(programs):
            grid.progress(f"{repetition + 1}/{repetitions}: {number + 1}/{len(names)} "
                          f"{program.name}")
            for engine in ENGINES if repetition % 2 == 0 else reversed(ENGINES):
                milliseconds, output, _ = run([*commands[engine], program.path, *size])
                program.add(engine, milliseconds, output)
    for program in programs:
        grid.progress(f"what was compiled of {program.name}")
        _, _, statistics_text = run([str(tagproof), "run", "--stats", program.path, *size])
        program.interpreted, program.rejected = left_interpreted(statistics_text)
    grid.progress("")
    return programs


def left_interpreted(text):
    """What --stats says: {function: reason}, and how many units were rejected."""
    statistics_text = text.rpartition("statistics\n")[2]
    rejected = re.search(r"^  rejected +(\d+)$", statistics_text, re.MULTILINE)
    if rejected is None:
        raise grid.Failed("--stats does not say how many units were rejected")
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
    version, machine = grid.run([grid.PYTHON, "-V"]).split()[-1], grid.machine()
    if arguments.json:
        json.dump({"python3": version, "machine": machine, "repetitions": arguments.repetitions,
                   "programs": [program.as_json() for program in programs]}, sys.stdout, indent=1)
        print()
        return
    print(f"python3: {version}, PYTHONHASHSEED=0; {machine}; the fastest of "
          f"{arguments.repetitions} runs each")
    print(table(programs), summary(programs), interpreted_functions(programs), sep="\n")


# --- the command line ----------------------------------------------------------------------------


def selected(pattern):
    names = [path.stem for path in sorted(PROGRAMS.glob("*.py")) if path.stem not in APART]
    found = [name for name in names if pattern.search(name)]
    if not found:
        raise ValueError(f"no program matches {pattern.pattern!r}; there are {', '.join(names)}")
    return found


def parse_arguments(words):
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagproof", metavar="PROGRAM", help="the tagproof to measure (default: "
                        "that of the preset bench, else of release)")
    parser.add_argument("--filter", metavar="REGEX", default="", help="only programs in whose name "
                        "it is found")
    parser.add_argument("--size", metavar="N", type=int, help="the argument of each program "
                        "(default: none, they have sizes of their own)")
    parser.add_argument("--repetitions", metavar="N", type=int, default=5, help="runs of each "
                        "program by each engine (default: 5)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    arguments = parser.parse_args(words)
    if arguments.repetitions < 1:
        parser.error("--repetitions: at least 1")
    arguments.size = [] if arguments.size is None else [str(arguments.size)]
    try:
        arguments.names = selected(re.compile(arguments.filter))
        arguments.tagproof = grid.find_program("tagproof", arguments.tagproof, "--tagproof")
    except re.error as error:
        parser.error(f"--filter: {error}")
    except ValueError as error:
        parser.error(str(error))
    return arguments


def main(words=None):
    arguments = parse_arguments(words)
    try:
        programs = measure(arguments.tagproof, arguments.names, arguments.size,
                           arguments.repetitions)
        report(programs, arguments)
    except (grid.Failed, OSError) as error:
        grid.progress("")
        print(f"programs.py: {error}", file=sys.stderr)
        return 1
    faults = [f"{program.name}: {program.fault()}" for program in programs if program.fault()]
    for fault in faults:
        print(f"programs.py: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
