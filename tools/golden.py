#!/usr/bin/python3
"""Runs golden tests: what the compiler makes of a small input, compared with the text beside it.

A test is a file tests/golden/**/NAME.test, input and expectation together:

    # RUN: hir --after=simplify
    # WARM: f(Point(1, 2))
    def f(o):
        return o.x + o.x
    ---- expect
      v1:Object = LoadArg<0>

RUN names a stage of `tagproof disasm` (bytecode, hir, asm) and its options, or a command of tagproof
(run, verify) with options. Each WARM expression is evaluated before the function is compiled. A
status other than 0 and the standard error are part of the output. --bless rewrites the
expectations; read the difference before you commit it.
"""
import argparse
import difflib
import fnmatch
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("bytecode", "hir", "asm")
COMMANDS = ("run", "verify")
SEPARATOR = "---- expect\n"
DIRECTIVE = re.compile(r"^# (RUN|WARM): *(.*?)\s*$", re.MULTILINE)


class BadTest(Exception):
    """The file is not a golden test; the text says why."""


@dataclass
class Test:
    """A golden test as read from its file."""

    path: Path
    head: str
    run: list
    warm: list
    expected: str

    @property
    def source(self):
        """The input without directives; lines keep their numbers."""
        return DIRECTIVE.sub("", self.head)

    @property
    def input_name(self):
        return f"{self.path.stem}.py"

    def command(self, tagproof):
        verb, *options = self.run
        if verb in STAGES:
            words = ["disasm", self.input_name, f"--stage={verb}", *options]
        else:
            words = [verb, *options, self.input_name]
        return [str(tagproof), *words, *(f"--warm={expression}" for expression in self.warm)]


def read(path):
    head, separator, expected = path.read_text(encoding="utf-8").partition(SEPARATOR)
    directives = DIRECTIVE.findall(head)
    runs = [shlex.split(text) for name, text in directives if name == "RUN"]
    if len(runs) != 1 or not runs[0] or runs[0][0] not in STAGES + COMMANDS:
        raise BadTest(f"needs one line `# RUN:` with one of {', '.join(STAGES + COMMANDS)}")
    if not separator and head and not head.endswith("\n"):
        head += "\n"
    warm = [text for name, text in directives if name == "WARM"]
    return Test(path, head, runs[0], warm, expected)


def normalize(text):
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def execute(test, tagproof, timeout):
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        (Path(folder) / test.input_name).write_text(test.source, encoding="utf-8")
        try:
            done = subprocess.run(test.command(tagproof), cwd=folder, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=timeout, text=True,
                                  errors="backslashreplace")
        except subprocess.TimeoutExpired:
            return f"no end after {timeout} s\n"
    status = f"status: {done.returncode}\n" if done.returncode else ""
    stderr = "".join(f"stderr: {line}\n" for line in done.stderr.splitlines())
    return normalize(done.stdout + status + stderr)


def check(path, options):
    """Runs one test; returns ("ok" | "failed" | "blessed", text to show)."""
    try:
        test = read(path)
    except BadTest as problem:
        return "failed", f"    {problem}"
    actual = execute(test, options.tagproof, options.timeout)
    if actual == normalize(test.expected):
        return "ok", ""
    if options.bless:
        path.write_text(test.head + SEPARATOR + actual, encoding="utf-8")
        return "blessed", ""
    lines = difflib.unified_diff(test.expected.splitlines(), actual.splitlines(),
                                 "expected", "actual", lineterm="")
    return "failed", "\n".join(f"    {line}" for line in lines)


def find(folder, patterns):
    tests = sorted(folder.glob("**/*.test"))
    names = [(path, path.relative_to(folder).as_posix()) for path in tests]
    return [path for path, name in names if not patterns or any(
        pattern in name or fnmatch.fnmatch(name, pattern) for pattern in patterns)]


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", help="parts of test names, or globs (default: all)")
    parser.add_argument("--tagproof", type=Path, default=ROOT / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--folder", type=Path, default=ROOT / "tests/golden",
                        help="where the tests are (default: tests/golden)")
    parser.add_argument("--bless", action="store_true", help="take the actual output as expected")
    parser.add_argument("-j", type=int, default=2, help="tests run at once (default: 2)")
    parser.add_argument("--timeout", type=float, default=60, help="seconds a test may take")
    options = parser.parse_args(arguments)
    options.tagproof = options.tagproof.absolute()
    return options


def main(arguments):
    options = parse(arguments)
    if not options.tagproof.exists():
        print(f"{options.tagproof} does not exist: build it or name it with --tagproof",
              file=sys.stderr)
        return 2
    tests = find(options.folder, options.patterns)
    if not tests:
        print(f"no golden test in {options.folder} matches", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(options.j) as pool:
        results = list(pool.map(lambda path: check(path, options), tests))
    for path, (verdict, text) in zip(tests, results):
        if verdict != "ok":
            print(f"{verdict.upper()} {path.relative_to(options.folder)}")
            print(text, end="\n" if text else "")
    verdicts = [verdict for verdict, _ in results]
    print(f"{len(tests)} golden tests: " + ", ".join(
        f"{verdicts.count(name)} {name}" for name in ("ok", "blessed", "failed")))
    return 1 if "failed" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
