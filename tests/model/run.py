#!/usr/bin/python3
"""Compares random programs about classes, attributes and instance dicts with python3.

A program is made of sequences, each with its own classes, functions and operations; sequence K of
a seed is always the same. Each runs under /usr/bin/python3 (3.11, PYTHONHASHSEED=0) and under
tagproof in every mode. A difference is made smaller and printed with the command that shows it.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from execution import (BATCH, MODES, ORACLE, STEPPED_BATCH, STEPPED_MODES, STEPS, Difference,
                       Runner)
from generate import make
from minimize import Minimizer, text_of

HERE = Path(__file__).resolve().parent


@dataclass
class Summary:
    """What was compared, and what was found."""

    oracle: str
    seed: str
    sequences: int = 0
    stepped: int = 0
    operations: int = 0
    modes: dict = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)
    differences: list = field(default_factory=list)
    seconds: float = 0


@dataclass
class Batch:
    """What one program did in its modes."""

    count: int
    stepped: int = 0
    operations: int = 0
    counts: Counter = field(default_factory=Counter)
    differences: list = field(default_factory=list)


def run_program(options, runner, sequences, first, modes, batch):
    """One program in some modes; adds to the batch."""
    path = runner.write(sequences, f"batch-{first}-of-{len(sequences)}")
    expected = runner.oracle(path)
    batch.operations += sum(text.count("\n") for text in expected.texts.values())
    found = []
    for mode in modes:
        actual = runner.tagproof_outcome(path, mode, first)
        batch.counts.update(actual.counts)
        found += runner.differences(sequences, first, mode, expected, actual)
        compiled = actual.counts.get("units compiled and proven", 1)
        if mode != "off" and STEPS not in mode and compiled == 0:
            found.append(Difference(options.seed, first, first, mode, "nothing was compiled"))
    if not found and not options.keep:
        path.unlink()
    batch.differences += found


def run_batch(options, runner, first, count):
    """One program in all modes, and its first sequences with a heap check at each step."""
    sequences = [make(options.seed, number) for number in range(first, first + count)]
    batch = Batch(count)
    run_program(options, runner, sequences, first, options.mode, batch)
    if options.check_each_step:
        batch.stepped = count
    elif not batch.differences and options.mode == list(MODES):
        some = sequences[:STEPPED_BATCH]
        mode = STEPPED_MODES[first // BATCH % len(STEPPED_MODES)]
        run_program(options, runner, some, first, [mode], batch)
        batch.stepped = len(some)
    return batch


def run_all(options, runner, summary):
    """Runs all batches; progress on a terminal."""
    last = options.first + options.count
    starts = range(options.first, last, options.batch)
    with ThreadPoolExecutor(options.j) as pool:
        batches = [pool.submit(run_batch, options, runner, first, min(options.batch, last - first))
                   for first in starts]
        for each in batches:
            batch = each.result()
            summary.sequences += batch.count
            summary.stepped += batch.stepped
            summary.operations += batch.operations
            summary.counts.update(batch.counts)
            summary.differences += batch.differences
            if sys.stderr.isatty():
                print(f"\r{summary.sequences} of {options.count} sequences, "
                      f"{len(summary.differences)} differences", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    summary.modes = {mode: summary.sequences for mode in options.mode}


def minimize(options, runner, difference):
    """Fills in the smallest program that shows the difference."""
    last = min(difference.first + options.batch, options.first + options.count)
    sequences = [make(options.seed, number) for number in range(difference.first, last)]
    minimizer = Minimizer(runner, difference.first, difference.mode, options.patience)
    difference.alone = minimizer.minimize(sequences, difference.number)
    difference.program = text_of(minimizer.sequences)
    path = runner.write(minimizer.sequences, f"smallest-{difference.number}-{difference.mode}")
    expected = runner.oracle(path)
    actual = runner.tagproof_outcome(path, difference.mode, difference.first)
    found = runner.differences(minimizer.sequences, difference.first, difference.mode, expected,
                               actual)
    if found:
        difference.text = found[0].text


def report(options, difference):
    first = difference.number if difference.alone else difference.first
    count = difference.number - first + 1
    print(f"DIFFERENCE seed {difference.seed}, sequence {difference.number}, {difference.mode}")
    print("again: " + " ".join([
        str(HERE.relative_to(HERE.parents[1]) / "run.py"), "--tagproof", str(options.tagproof),
        "--seed", difference.seed, "--first", str(first), "--count", str(count),
        "--mode", difference.mode]))
    for title, text in (("program", difference.program), ("difference", difference.text)):
        print(f"  {title}:")
        print("    " + text.replace("\n", "\n    "))


def print_summary(summary):
    print(f"python3 {summary.oracle}, seed {summary.seed}: {summary.sequences} sequences, "
          f"{summary.operations} results, each in {', '.join(summary.modes)}; heap checked at each "
          f"step of {summary.stepped}")
    print(", ".join(f"{name} {count}" for name, count in summary.counts.items()))
    print(f"{len(summary.differences)} differences, {summary.seconds:.0f} s")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagproof", type=Path, default=HERE.parents[1] / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--seed", default="1", help="any text (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="number of the first sequence")
    parser.add_argument("--count", type=int, default=2000, help="sequences (default: 2000)")
    parser.add_argument("--mode", action="append", choices=(*MODES, *STEPPED_MODES), metavar="MODE",
                        help=f"only this mode ({', '.join(MODES)}; {STEPS} behind it: with a heap "
                             "check at each step); repeatable")
    parser.add_argument("--check-each-step", action="store_true",
                        help="check the heap at the first poll behind each allocation, in all "
                             "programs (otherwise: in the first sequences of each)")
    parser.add_argument("-j", type=int, default=2, help="programs run at once (default: 2)")
    parser.add_argument("--timeout", type=int, default=60,
                        help="seconds of CPU time that a program may take (default: 60)")
    parser.add_argument("--smallest", type=int, default=3,
                        help="differences made small (default: 3)")
    parser.add_argument("--patience", type=float, default=120, help="seconds to make one small")
    parser.add_argument("--keep", type=Path, help="folder that keeps the programs")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    options = parser.parse_args(arguments)
    options.tagproof = options.tagproof.absolute()
    options.mode = options.mode or list(STEPPED_MODES if options.check_each_step else MODES)
    options.check_each_step = any(STEPS in mode for mode in options.mode)
    options.batch = STEPPED_BATCH if options.check_each_step else BATCH
    return options


def run(options, folder):
    runner = Runner(options.tagproof, folder, options.timeout)
    version = subprocess.run([ORACLE, "--version"], capture_output=True, text=True, check=True)
    summary = Summary(version.stdout.split()[-1], options.seed)
    started = time.monotonic()
    run_all(options, runner, summary)
    summary.seconds = time.monotonic() - started
    for difference in summary.differences[:options.smallest]:
        minimize(options, runner, difference)
    if options.json:
        print(json.dumps(asdict(summary), indent=2))
    else:
        for difference in summary.differences:
            report(options, difference)
        print_summary(summary)
    return 1 if summary.differences else 0


def main(arguments):
    options = parse(arguments)
    if not options.tagproof.exists():
        print(f"{options.tagproof} does not exist: build it or name it with --tagproof",
              file=sys.stderr)
        return 2
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return run(options, options.keep)
    with tempfile.TemporaryDirectory() as folder:
        return run(options, Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
