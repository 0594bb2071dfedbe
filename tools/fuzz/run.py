#!/usr/bin/python3
"""Compares random programs of the whole language with python3.

Program K of a seed is always the same: classes, functions, generators, context managers,
exceptions, and in a hot round an event that changes what compiled code relies on. Each is a module;
many run in a process, under /usr/bin/python3 (3.11, PYTHONHASHSEED=0) and under tagproof in every
mode. A difference is made smaller, statements and then expressions, and printed with the command
that shows it.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from programs import ProgramRunner
from execution import MODES, ORACLE, TIMED_OUT, Difference
from generate_program import make
from minimize import text_of
from reduce import Reducer, kind

HERE = Path(__file__).resolve().parent
EXAMPLES = """examples:
  run.py --tagproof build/release/bin/tagproof                the test
  run.py --tagproof PROGRAM --seed NAME --count 100000 -j 2   the long form
  run.py --tagproof PROGRAM --seed S --first K --count 1      one again
  run.py --seed S --first K --print                           the text of one"""


@dataclass
class Summary:
    """What was compared, and what was found."""

    oracle: str
    seed: str
    first: int
    programs: int = 0
    lines: int = 0
    results: int = 0
    modes: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    differences: list = field(default_factory=list)
    endless: list = field(default_factory=list)  # not compared: python3 takes too long
    causes: dict = field(default_factory=dict)
    seconds: float = 0


def cause(difference):
    """What those of one cause have in common: how they end, or the first line without numbers."""
    if not kind(difference).startswith("output"):
        last = kind(difference) + " " + difference.text.strip().splitlines()[-1]
        return kind(difference) if "rejected" in last else re.sub(r"\d+", "N", last[:120])
    lines = [line[1:] for line in difference.text.splitlines()
             if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    expected, given = (*lines, "", "")[:2]
    same = len(os.path.commonprefix((expected, given)))
    return re.sub(r"\d+", "N", f"output {expected[max(0, same - 30):same + 50]}")


def run_batch(options, runner, first, count, summary):
    """One batch in all modes; adds to the summary."""
    programs = [make(options.seed, number) for number in range(first, first + count)]
    path = runner.write(programs, f"batch-{first}")
    expected = runner.oracle(path)
    found = []
    if expected.status == TIMED_OUT:
        runner.remove(programs, path)
        return without_endless(options, runner, first, count, summary)
    if expected.status != 0:
        programs = programs[:max(0, len(expected.texts) - 1)]
        text = f"status {expected.status} of python3\n{expected.stderr[-500:]}"
        found.append(Difference(options.seed, first, first + len(programs), options.mode[0], text))
    for mode in options.mode if programs else ():
        counts = Counter()
        found += runner.compare_all(programs, first, mode, expected, counts)
        if mode != "off" and not counts["units compiled and proven"]:
            found.append(Difference(options.seed, first, first, mode, "nothing was compiled"))
        summary.counts.update(counts)
    if not options.keep:
        runner.remove(programs, path)
    summary.programs += count
    summary.lines += sum(len(program.lines()) for program in programs)
    summary.results += sum(text.count("\n") for text in expected.texts.values())
    summary.differences += found


def without_endless(options, runner, first, count, summary):
    """A batch again, in halves: a program that takes python3 too long compares nothing."""
    if count == 1:
        summary.endless.append(first)
        return
    half = count // 2
    run_batch(options, runner, first, half, summary)
    run_batch(options, runner, first + half, count - half, summary)


def run_all(options, runner, summary):
    """Runs all batches; progress on a terminal."""
    last = options.first + options.count
    with ThreadPoolExecutor(options.j) as pool:
        batches = [pool.submit(run_batch, options, runner, first,
                               min(options.batch, last - first), summary)
                   for first in range(options.first, last, options.batch)]
        for each in batches:
            each.result()
            if sys.stderr.isatty():
                print(f"\r{summary.programs} of {options.count} programs, "
                      f"{len(summary.differences)} differences", end="", file=sys.stderr)
    summary.differences.sort(key=lambda one: (one.number, options.mode.index(one.mode)))
    for difference in summary.differences:
        place = f"{difference.number} {difference.mode}"
        summary.causes.setdefault(cause(difference), []).append(place)


def reduce(options, folder, difference):
    """Fills in the smallest program that shows the difference."""
    last = min(difference.first + options.batch, options.first + options.count)
    programs = [make(options.seed, number) for number in range(difference.first, last)]
    small = folder / f"smallest-{difference.number}-{difference.mode}"
    small.mkdir(exist_ok=True)
    runner = ProgramRunner(options.tagproof, small, min(options.timeout, 10))
    reducer = Reducer(runner, difference, options.patience)
    difference.alone = reducer.minimize(programs, difference.number)
    difference.program = text_of(reducer.sequences)
    path = runner.write(reducer.sequences, "smallest")
    expected = runner.oracle(path)
    actual = runner.tagproof_outcome(path, difference.mode, difference.first)
    found = runner.differences(reducer.sequences, difference.first, difference.mode, expected,
                               actual)
    difference.text = found[0].text if found else difference.text


def report(options, difference):
    first = difference.number if difference.alone else difference.first
    print(f"DIFFERENCE seed {difference.seed}, program {difference.number}, {difference.mode}")
    print(f"again: tools/fuzz/run.py --tagproof {options.tagproof} --seed {difference.seed} "
          f"--first {first} --count {difference.number - first + 1} --mode {difference.mode}")
    for title, text in (("program", difference.program), ("difference", difference.text)):
        print(f"  {title}:\n    " + text.replace("\n", "\n    "))


def print_summary(summary):
    print(f"python3 {summary.oracle}, seed {summary.seed}: {summary.programs} programs from "
          f"{summary.first}, {summary.lines} lines, {summary.results} results, "
          f"each in {', '.join(summary.modes)}")
    for words, places in summary.causes.items():
        print(f"{len(places)} of: {words}\n    {', '.join(places[:6])}")
    print(", ".join(f"{name} {count}" for name, count in summary.counts.items()))
    if summary.endless:
        print("not compared, as python3 does not end in time:", *sorted(summary.endless))
    print(f"{len(summary.differences)} differences of {len(summary.causes)} kinds, "
          f"{summary.seconds:.0f} s")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagproof", type=Path, default=HERE.parents[1] / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--seed", default="1", help="any text (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="number of the first program")
    parser.add_argument("--count", type=int, default=300, help="programs (default: 300)")
    parser.add_argument("--batch", type=int, default=50, help="programs in a process (default: 50)")
    parser.add_argument("--mode", action="append", choices=MODES, metavar="MODE",
                        help=f"only this mode ({', '.join(MODES)}); repeatable")
    parser.add_argument("-j", type=int, default=2, help="processes at once (default: 2)")
    parser.add_argument("--timeout", type=int, default=20,
                        help="seconds of CPU time that a process may take (default: 20)")
    parser.add_argument("--smallest", type=int, default=5,
                        help="differences made small, of different kinds first (default: 5)")
    parser.add_argument("--patience", type=float, default=120, help="seconds to make one small")
    parser.add_argument("--keep", type=Path, help="folder that keeps the programs")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("--print", action="store_true", help="print program --first, run nothing")
    options = parser.parse_args(arguments)
    options.tagproof = options.tagproof.absolute()
    options.mode = options.mode or list(MODES)
    return options


def run(options, folder):
    version = subprocess.run([ORACLE, "--version"], capture_output=True, text=True, check=True)
    summary = Summary(version.stdout.split()[-1], options.seed, options.first, modes=options.mode)
    started = time.monotonic()
    run_all(options, ProgramRunner(options.tagproof, folder, options.timeout), summary)
    summary.seconds = time.monotonic() - started
    kinds = {cause(difference): difference for difference in reversed(summary.differences)}
    for difference in list(reversed(kinds.values()))[:options.smallest]:
        reduce(options, folder, difference)
    if options.json:
        print(json.dumps(asdict(summary), indent=2))
    else:
        for difference in summary.differences:
            if difference.program:
                report(options, difference)
        print_summary(summary)
    return 1 if summary.differences else 0


def main(arguments):
    options = parse(arguments)
    if options.print:
        print(make(options.seed, options.first).text, end="")
        return 0
    if not options.tagproof.exists():
        print(f"{options.tagproof} does not exist: build it or name it with --tagproof",
              file=sys.stderr)
        return 2
    # What the compiler thinks of odd programs is not compared.
    os.environ["PYTHONWARNINGS"] = "ignore"
    warnings.simplefilter("ignore")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return run(options, options.keep.absolute())
    with tempfile.TemporaryDirectory() as folder:
        return run(options, Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
