#!/usr/bin/python3
"""Runs the methods and doctest examples of CPython's installed tests as standalone scripts.

Each script is cut from a file of Debian's libpython3.11-testsuite when this runs (slicer.py,
doctests.py) and runs under /usr/bin/python3 and under tagproof. It passes when it passes under python3
and tagproof gives the same output and exit status. What python3 skips, and what needs _testcapi,
xxsubtype, async or pickle, is listed and left out; what cannot be cut has failed.

Without --file or --all, this is the test: the slices of minimum.txt, of which as many must pass as
it says. Examples:

  run.py --tagproof build/release/bin/tagproof
  run.py --tagproof P --file test_with --file test_descr -j2
  run.py --tagproof P --all --mode interpreter --mode jit-warm --json > slices.json
  run.py --tagproof P --file test_list --method test_init --keep /var/tmp/slices --show
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

import doctests
import slicer

HERE = Path(__file__).resolve().parent
ORACLE = "/usr/bin/python3"
INSTALLED = Path("/usr/lib/python3.11/test")
CHECKS = ["--strict", "--check-heap=exit"]
MODES = {"interpreter": ["--jit=off"], "jit-warm": ["--jit=auto", "--jit-threshold=1"]}
REPETITIONS = {"interpreter": 1, "jit-warm": 200}
TIMEOUT = {"interpreter": 30, "jit-warm": 300}
WANTED = {
    95: "with class super opcache property contextlib",
    85: "descr raise scope generators dictcomps listcomps list tuple dict",
}
MORE = """exceptions iter enumerate unpack unpack_ex augassign compare decorators keywordonlyarg
    positional_only_arg int float set setcomps genexps range slice unicode format fstring itertools
    functools deque defaultdict ordered_dict enum dataclasses random math weakref gc yield_from
    subclassinit metaclass named_expressions dictviews isinstance bool contains extcall global
    exception_variations baseexception richcmp sort string string_literals types_slots patma operator
    abc copy funcattrs binop pow unary userdict reprlib"""
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")  # of objects: never the same in two processes
FILES = [f"test_{name}" for names in WANTED.values() for name in names.split()]
ALL_FILES = FILES + [f"test_{name}" for name in MORE.split()
                     if (INSTALLED / f"test_{name}.py").exists()]


@dataclass
class Case:
    """A slice: its modules by name, the script first, or why there is none."""

    file: str
    title: str
    texts: dict = field(default_factory=dict)
    left_out: str = ""
    broken: str = ""
    example: object = None

    @property
    def stem(self):
        return f"{self.file}__{self.title}".replace(".", "__")


@dataclass
class Result:
    """What became of a slice in one mode: passed, failed or left out, and why."""

    file: str
    title: str
    mode: str
    verdict: str
    reason: str = ""
    difference: str = field(default="", repr=False)


def cases_of(name):
    """All slices of an installed file."""
    test_file = slicer.TestFile(INSTALLED / f"{name}.py")
    cases = []
    for method in test_file.methods():
        case = Case(name, method.title)
        try:
            case.texts = test_file.slice(method, case.stem)
            case.left_out = slicer.reason_to_leave_out(case.texts.values())
        except (SyntaxError, ValueError, KeyError) as error:
            case.broken = f"cannot be cut: {error}"
        cases.append(case)
    for example in doctests.examples(test_file):
        case = Case(name, example.title, example=example)
        case.texts = doctests.slice_example(test_file, example, case.stem)
        case.left_out = slicer.reason_to_leave_out(case.texts.values())
        cases.append(case)
    return cases


def execute(command, folder, timeout):
    """(status, standard output, end of the standard error) of a process; a timeout has status -1."""
    environment = dict(os.environ, PYTHONHASHSEED="0")
    try:
        done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return -1, "", f"no end after {timeout} s"
    return (done.returncode, done.stdout.decode("utf-8", "backslashreplace"),
            done.stderr.decode("utf-8", "backslashreplace")[-2000:])


class Runner:
    """Scripts in a folder, with the stand-in modules beside them."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = Path(folder)
        shutil.copytree(HERE / "stand_in", self.folder, dirs_exist_ok=True)
        for name in ("data", "ziptestdata"):
            (self.folder / name).mkdir(exist_ok=True)

    def expected(self, case, repetitions):
        """What python3 does; kept beside the script for the next time."""
        record = self.folder / f"{case.stem}.{repetitions}.expect"
        known = record.exists()
        for name, text in case.texts.items():
            path = self.folder / f"{name}.py"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                known = False
        if known:
            return json.loads(record.read_text(encoding="utf-8"))
        for old in self.folder.glob(f"{case.stem}.*.expect"):
            old.unlink()
        outcome = execute([ORACLE, f"{case.stem}.py", str(repetitions)], self.folder,
                          self.options.timeout or TIMEOUT["jit-warm"])
        record.write_text(json.dumps(outcome), encoding="utf-8")
        return outcome

    def run(self, case, mode):
        result = Result(case.file, case.title, mode, "failed", case.broken)
        if case.left_out:
            result.verdict, result.reason = "left out", case.left_out
        if case.left_out or case.broken:
            return result
        status, output, error = self.expected(case, REPETITIONS[mode])
        if "skipped: " in output and case.example is None and "passed" not in output:
            result.verdict = "left out"
            result.reason = "python3 skips it: " + output.partition("skipped: ")[2].strip()
            return result
        if case.example is None and status != 0:
            result.reason = f"cannot be cut: python3 says {(output or error).strip()[-300:]}"
            return result
        if case.example is not None and not case.example.satisfied_by(output):
            result.reason = f"cannot be cut: python3 prints {(output or error)[-300:]!r}"
            return result
        self.compare(case, mode, (status, output), result)
        return result

    def compare(self, case, mode, expected, result):
        command = [str(self.options.tagproof), "run", *MODES[mode], *CHECKS, f"{case.stem}.py",
                   str(REPETITIONS[mode])]
        status, output, error = execute(command, self.folder,
                                        self.options.timeout or TIMEOUT[mode])
        if (status, ADDRESS.sub("0x", output)) == (expected[0], ADDRESS.sub("0x", expected[1])):
            result.verdict = "passed"
            return
        result.difference = (f"python3: {expected[0]}\n{expected[1]}\n"
                             f"tagproof: {status}\n{output}\n{error}")
        last = error.strip().splitlines()[-1:] or [""]
        result.reason = f"status {status}; {last[0]}; {output.strip()[-200:]}"


def selected_cases(options, names):
    cases = [case for name in names for case in cases_of(name)]
    if options.method:
        cases = [case for case in cases if any(part in case.title for part in options.method)]
    return cases


def run_all(options, cases, modes):
    folder = options.keep or tempfile.mkdtemp(prefix="slices-")
    Path(folder).mkdir(parents=True, exist_ok=True)
    try:
        runner = Runner(options, folder)
        with ThreadPoolExecutor(options.jobs) as pool:
            return list(pool.map(lambda job: runner.run(*job),
                                 [(case, mode) for mode in modes for case in cases]))
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def rows_of(results):
    """(file, mode) -> counts of verdicts."""
    rows = {}
    for result in results:
        rows.setdefault((result.file, result.mode), Counter())[result.verdict] += 1
    return rows


def print_table(results):
    print(f"{'file':24}{'mode':>12}{'methods':>9}{'left out':>9}{'counted':>9}{'passed':>8}"
          f"{'percent':>9}")
    total = Counter()
    for (file, mode), row in rows_of(results).items():
        counted = row["passed"] + row["failed"]
        total += row
        share = f"{100 * row['passed'] / counted:.1f}" if counted else "-"
        print(f"{file:24}{mode:>12}{row.total():>9}{row['left out']:>9}{counted:>9}"
              f"{row['passed']:>8}{share:>9}")
    print(f"{'all':24}{'':12}{total.total():>9}{total['left out']:>9}"
          f"{total['passed'] + total['failed']:>9}{total['passed']:>8}")


def print_names(results, options):
    for verdict in ("left out", "failed"):
        for result in results:
            if result.verdict == verdict:
                reason = result.reason.replace("\n", " | ")
                print(f"{verdict.upper()} {result.file}/{result.title} [{result.mode}]: {reason}")
                if options.show and result.difference:
                    print("    " + result.difference.replace("\n", "\n    "))


def read_minimum():
    """(file, mode) -> how many slices have to pass."""
    rows = {}
    for line in (HERE / "minimum.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            file, mode, count = line.split()
            rows[file, mode] = int(count)
    return rows


def check_minimum(options):
    """The test: the files of minimum.txt; returns the exit status."""
    minimum = read_minimum()
    results = []
    for mode in MODES:
        names = [file for file, of_mode in minimum if of_mode == mode]
        results += run_all(options, selected_cases(options, names), [mode])
    print_table(results)
    found = rows_of(results)
    short = [key for key, count in minimum.items()
             if found.get(key, Counter())["passed"] < count]
    if short:
        print_names(results, options)
    for file, mode in short:
        print(f"{file} [{mode}]: {found.get((file, mode), Counter())['passed']} slices pass, "
              f"{minimum[file, mode]} did")
    return 1 if short else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagproof", type=Path, required=True, help="the program to test")
    parser.add_argument("--file", action="append", help="an installed file, as test_with")
    parser.add_argument("--all", action="store_true", help="every file known here")
    parser.add_argument("--wanted", action="store_true", help="the files of which a share is wanted")
    parser.add_argument("--method", action="append", help="part of Class.method")
    parser.add_argument("--mode", action="append", choices=list(MODES),
                        help="default: interpreter")
    parser.add_argument("--keep", metavar="DIR", help="leave the scripts here, and what python3 did")
    parser.add_argument("--timeout", type=float, help="seconds for each process")
    parser.add_argument("--show", action="store_true", help="both outcomes where they differ")
    parser.add_argument("--json", action="store_true", help="results as JSON instead of a table")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes at a time")
    options = parser.parse_args()
    options.tagproof = options.tagproof.resolve()
    return options


def main():
    options = parse_arguments()
    if not INSTALLED.joinpath("test_with.py").exists():
        sys.exit("libpython3.11-testsuite is not installed: run tools/install_packages")
    names = list(options.file or [])
    names += (ALL_FILES if options.all else FILES if options.wanted else [])
    if not names:
        sys.exit(check_minimum(options))
    results = run_all(options, selected_cases(options, names), options.mode or ["interpreter"])
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=1))
    else:
        print_table(results)
        print_names(results, options)


if __name__ == "__main__":
    main()
