#!/usr/bin/python3
"""Runs the conformance scripts under tagproof in several modes and compares them with python3.

Beside each SCRIPT.py stands SCRIPT.expect: exit status, last line of the standard error (an uncaught
exception's type and message) and standard output, as /usr/bin/python3 with PYTHONHASHSEED=0 gave
them. --bless makes it. A difference, a rejected function or a heap check finding is a failure; in the
two modes that check helpers, so is a helper that does not do what the verifier believes of it, and,
where all scripts run, one that none of them calls.
"""
import argparse
import difflib
import fnmatch
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ORACLE = "/usr/bin/python3"
MODES = {
    "off": ["--jit=off"],
    "always": ["--jit=always"],
    "auto": ["--jit=auto", "--jit-threshold=2"],
    "deopt-stress": ["--jit=always", "--deopt-stress"],
    "helpers-always": ["--jit=always"],
    "helpers-auto": ["--jit=auto", "--jit-threshold=2"],
}
HELPER_MODES = ("helpers-always", "helpers-auto")
CHECKS = ["--strict", "--check-heap=gc"]


@dataclass
class Outcome:
    """What a script did, as far as it is compared."""

    status: int
    stderr: str
    stdout: str

    def text(self):
        return f"status: {self.status}\nstderr: {self.stderr}\nstdout:\n{self.stdout}"


@dataclass
class Result:
    """One script in one mode; the difference is empty when it passed."""

    script: str
    mode: str
    difference: str

    @property
    def category(self):
        return self.script.split("/")[0]


def execute(command, script, timeout):
    """Runs the script in its own folder and returns its outcome; a timeout has the status -1."""
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    try:
        done = subprocess.run([*command, script.name], cwd=script.parent, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return Outcome(-1, f"no end after {timeout} s", "")
    stderr = done.stderr.decode("utf-8", "backslashreplace").splitlines()
    return Outcome(done.returncode, stderr[-1] if stderr else "",
                   done.stdout.decode("utf-8", "backslashreplace"))


def compare(expected, actual):
    """The difference between two outcome texts, with three lines of context."""
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(),
                                 "expected", "actual", lineterm="")
    return "\n".join(lines)


def run(script, mode, options):
    expectation = script.with_suffix(".expect")
    name = script.relative_to(HERE).as_posix()
    if not expectation.exists():
        return Result(name, mode, f"no {expectation.name}: make it with --bless")
    command = [str(options.tagproof), "run", *MODES[mode], *CHECKS]
    if mode in HELPER_MODES:
        command.append(f"--check-helpers={options.counts}/{mode}-{name.replace('/', '-')}")
    outcome = execute(command, script, options.timeout)
    return Result(name, mode, compare(expectation.read_text(encoding="utf-8"), outcome.text()))


def bless(script, options):
    """Writes the script's expectation; returns whether it changed."""
    expectation = script.with_suffix(".expect")
    text = execute([ORACLE], script, options.timeout).text()
    if expectation.exists() and expectation.read_text(encoding="utf-8") == text:
        return False
    expectation.write_text(text, encoding="utf-8")
    return True


def find(patterns):
    """Scripts whose name, relative to this folder, contains or matches one of the patterns."""
    scripts = sorted(HERE.glob("*/*.py"))
    if not patterns:
        return scripts
    return [path for path in scripts
            if any(pattern in path.relative_to(HERE).as_posix() or
                   fnmatch.fnmatch(path.relative_to(HERE).as_posix(), pattern)
                   for pattern in patterns)]


def print_table(results, modes):
    """Passed of all, by category and mode."""
    categories = sorted({result.category for result in results})
    width = max(len(name) for name in [*categories, "category"])
    print(f"{'category':{width}}" + "".join(f"{mode:>15}" for mode in modes))
    for category in [*categories, "all"]:
        row = f"{category:{width}}"
        for mode in modes:
            cell = [result for result in results
                    if result.mode == mode and category in (result.category, "all")]
            passed = sum(not result.difference for result in cell)
            row += f"{passed:>9} /{len(cell):>4}"
        print(row)


def print_failures(results, show_diff):
    for result in results:
        if result.difference:
            print(f"FAILED {result.script} [{result.mode}]")
            if show_diff:
                print("    " + result.difference.replace("\n", "\n    "))


def helper_calls(folder):
    """How often compiled code called each helper, over all scripts."""
    calls = Counter()
    for path in Path(folder).iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            calls.update(json.loads(line))
    return calls


def print_helpers(calls):
    """What was watched; returns the helpers that nothing called."""
    never = sorted(name for name, count in calls.items() if count == 0)
    print(f"helpers: {len(calls)}, called {calls.total()} times, never called: "
          f"{', '.join(never) or 'none'}")
    return never


def part(text):
    """K/N as two numbers."""
    number, _, count = text.partition("/")
    if not (number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text!r} is not K/N with 1 <= K <= N")
    return int(number), int(count)


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", help="parts of script names, or globs (default: all)")
    parser.add_argument("--tagproof", type=Path, default=HERE.parents[1] / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--mode", action="append", choices=MODES, help="only this mode; repeatable")
    parser.add_argument("--bless", action="store_true", help=f"make expectations from {ORACLE}")
    parser.add_argument("--part", type=part, default=(1, 1), metavar="K/N",
                        help="only each Nth of the scripts, from the Kth on (default: 1/1)")
    parser.add_argument("-j", type=int, default=2, help="scripts run at once (default: 2)")
    parser.add_argument("--timeout", type=float, default=60, help="seconds a script may take")
    parser.add_argument("--no-diff", action="store_true", help="one line a failure, no differences")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    options = parser.parse_args(arguments)
    options.tagproof = options.tagproof.absolute()
    return options


def main(arguments):
    options = parse(arguments)
    if not options.bless and not options.tagproof.exists():
        print(f"{options.tagproof} does not exist: build it or name it with --tagproof",
              file=sys.stderr)
        return 2
    first, step = options.part
    scripts = find(options.patterns)[first - 1::step]
    if not scripts:
        print("no script matches", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(options.j) as pool:
        if options.bless:
            changed = list(pool.map(lambda script: bless(script, options), scripts))
            print(f"{len(scripts)} expectations, {sum(changed)} changed")
            return 0
        modes = options.mode or list(MODES)
        work = [(script, mode) for script in scripts for mode in modes]
        with tempfile.TemporaryDirectory() as options.counts:
            results = list(pool.map(lambda item: run(*item, options), work))
            calls = helper_calls(options.counts)
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print_failures(results, not options.no_diff)
        print_table(results, modes)
    never = print_helpers(calls) if calls and not options.json else []
    knows_all = not options.patterns and step == 1 and set(HELPER_MODES) <= set(modes)
    failed = any(result.difference for result in results) or (never and knows_all)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
