#!/usr/bin/python3
"""Runs tagproof on bad input: it must end in time, by itself, with the right status and message.

A case is a script of scripts/ with its outcome in its first comment lines, or a row of commands.py.
Never allowed: death by a signal, no end, a failed internal check, a sanitizer report.
--python3 runs the cases that python3 can run with python3, to check what they demand.
"""
import argparse
import fnmatch
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

import commands

HERE = Path(__file__).resolve().parent
ORACLE = "/usr/bin/python3"
JIT_MODES = ("off", "always")
NEVER = re.compile(r"Sanitizer|runtime error:|TAGPROOF_D?CHECK|[Aa]ssertion .* failed|core dumped")
NO_STREAM = {"no-stdin": "<&-", "no-stdout": ">&-", "no-stderr": "2>&-"}
PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@dataclass
class Case:
    """One command line and what it must do; the patterns are searched for, line by line."""

    name: str
    arguments: list
    statuses: list = field(default_factory=lambda: [0])
    stdout: list = field(default_factory=list)
    stderr: list = field(default_factory=list)
    action: str = ""
    stdin: bytes = b""
    python3: bool = True
    script: bool = True


@dataclass
class Result:
    """One case in one mode; no faults when it passed."""

    case: str
    mode: str
    faults: list


def read_script(path):
    """The case that the leading comment of a script describes."""
    case = Case(path.stem, [path.name])
    options = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"# (status|stdout|stderr|place|action|options|python3): (.*)", line)
        if match is None:
            if not line.startswith("#"):
                break
            continue
        key, value = match.groups()
        if key == "status":
            case.statuses = [int(status) for status in value.split()]
        elif key == "place":
            case.stderr.append(place(path.name, value))
        elif key in ("stdout", "stderr"):
            getattr(case, key).append(value)
        elif key == "action":
            case.action = value
        elif key == "options":
            options = value.split()
        else:
            case.python3 = value == "yes"
    case.arguments = [*options, path.name]
    return case


def place(name, line):
    """Pattern of a place in a script: a traceback's line, or file:line:column."""
    return rf'{re.escape(name)}(", line |:){line}\b'


def all_cases(folder):
    """The scripts, and the rows of commands.py with their inputs made in the folder."""
    cases = [read_script(path) for path in sorted((HERE / "scripts").glob("*.py"))]
    return cases + [Case(**row) for row in commands.make(folder)]


def command_of(case, mode, options):
    if options.python3:
        return [ORACLE, *[argument for argument in case.arguments if argument != "run"]]
    if case.script:
        return [str(options.tagproof), "run", f"--jit={mode}", *case.arguments]
    return [str(options.tagproof), *case.arguments]


def execute(case, command, folder, timeout):
    """Runs the command as the case's action says; returns status, stdout and stderr."""
    pipes = dict(PIPES)
    opened = None
    if case.action == "full":
        pipes["stdout"] = opened = os.open("/dev/full", os.O_WRONLY)
    elif case.action == "closed-pipe":
        reader, opened = os.pipe()
        os.close(reader)
        pipes["stdout"] = opened
    elif case.action in NO_STREAM:
        command = ["/bin/sh", "-c", f'exec "$@" {NO_STREAM[case.action]}', "sh", *command]
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    try:
        process = subprocess.Popen(command, cwd=folder, env=environment, **pipes)
    finally:
        if opened is not None:
            os.close(opened)
    try:
        ready = b""
        if case.action == "interrupt":
            ready = process.stdout.readline()
            time.sleep(0.3)  # from the print that said so into the loop that is meant
            process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(case.stdin, timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        stdout, stderr = process.communicate()
        return None, stdout, stderr
    return process.returncode, ready + (stdout or b""), stderr


def faults_of(case, status, stdout, stderr, python3):
    """What is wrong with the outcome, one text a fault."""
    if status is None:
        return ["did not end in time"]
    faults = []
    if python3 and status == -signal.SIGINT and 130 in case.statuses:
        status = 130
    if status < 0:
        faults.append(f"died of {signal.Signals(-status).name}")
    elif status not in case.statuses:
        faults.append(f"status {status}, not {' or '.join(map(str, case.statuses))}")
    for name, text, patterns in (("stdout", stdout, case.stdout), ("stderr", stderr, case.stderr)):
        text = text.decode("utf-8", "backslashreplace")
        faults += [f"no {pattern!r} in {name}" for pattern in patterns
                   if not re.search(pattern, text, re.MULTILINE)]
    bad = NEVER.search(stderr.decode("utf-8", "backslashreplace"))
    if bad is not None:
        faults.append(f"stderr has {bad.group()!r}")
    return faults


def run(case, mode, options, folder):
    command = command_of(case, mode, options)
    where = HERE / "scripts" if (HERE / "scripts" / f"{case.name}.py").exists() else folder
    status, stdout, stderr = execute(case, command, where, options.timeout)
    faults = faults_of(case, status, stdout, stderr, options.python3)
    if faults:
        tail = stderr.decode("utf-8", "backslashreplace").splitlines()[-3:]
        faults += ["stderr ends: " + line[:200] for line in tail]
    return Result(case.name, mode, faults)


def select(cases, patterns):
    if not patterns:
        return cases
    return [case for case in cases
            if any(pattern in case.name or fnmatch.fnmatch(case.name, pattern)
                   for pattern in patterns)]


def print_table(results):
    """A line a case with the outcome of each mode, the faults below it."""
    by_case = {}
    for result in results:
        by_case.setdefault(result.case, []).append(result)
    width = max(len(name) for name in by_case)
    for name, outcomes in by_case.items():
        print(f"{name:{width}}" + "".join(
            f"  {result.mode} {'FAILED' if result.faults else 'ok'}" for result in outcomes))
        for result in outcomes:
            for fault in result.faults:
                print(f"    {result.mode}: {fault}")
    failed = sum(bool(result.faults) for result in results)
    print(f"{len(by_case)} cases, {len(results)} runs, {failed} failed")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", help="parts of case names, or globs (default: all)")
    parser.add_argument("--tagproof", type=Path, default=HERE.parents[1] / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--python3", action="store_true", help=f"run {ORACLE} instead")
    parser.add_argument("-j", type=int, default=2, help="cases run at once (default: 2)")
    parser.add_argument("--timeout", type=float, default=20, help="seconds a case may take")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    options = parser.parse_args(arguments)
    options.tagproof = options.tagproof.absolute()
    return options


def main(arguments):
    options = parse(arguments)
    if not options.python3 and not options.tagproof.exists():
        print(f"{options.tagproof} does not exist: build it or name it with --tagproof",
              file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        cases = select(all_cases(Path(folder)), options.patterns)
        if not cases:
            print("no case matches", file=sys.stderr)
            return 2
        if options.python3:
            work = [(case, "python3") for case in cases if case.python3]
        else:
            work = [(case, mode) for case in cases
                    for mode in (JIT_MODES if case.script else ("-",))]
        with ThreadPoolExecutor(options.j) as pool:
            results = list(pool.map(lambda item: run(*item, options, folder), work))
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print_table(results)
    return 1 if any(result.faults for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
