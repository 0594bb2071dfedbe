"""What grid.py, interpreter.py and programs.py share: engines that take turns, and their options."""
import argparse
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRESETS = ("bench", "release")
PYTHON = "/usr/bin/python3"


class Failed(Exception):
    """The text says what could not be measured and why."""


# --- the engines ---------------------------------------------------------------------------------


def run(command):
    """The finished process of a command that must succeed."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr.strip()}")
    return done


def in_turns(engines, repetition):
    """A B C, then C B A, then A B C, ..."""
    return engines if repetition % 2 == 0 else list(reversed(engines))


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="" if text else "\r", file=sys.stderr, flush=True)


def surroundings():
    """What every table and JSON begins with."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {"python3": run([PYTHON, "-V"]).stdout.split()[-1],
            "machine": f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} CPUs"}


def describe(found, what_is_fastest):
    return (f"python3: {found['python3']}, PYTHONHASHSEED=0; {found['machine']}; the fastest of "
            f"{what_is_fastest}")


def print_json(found, repetitions, **measured):
    json.dump({**found, "repetitions": repetitions, **measured}, sys.stdout, indent=1)
    print()


# --- the command line ----------------------------------------------------------------------------


def find_program(name, named, option):
    """The program that was named, else that of the first preset that is built."""
    if named is not None:
        candidates = [Path(named).resolve()]
    else:
        candidates = [ROOT / f"build/{preset}/bin/{name}" for preset in PRESETS]
    for path in candidates:
        if os.access(path, os.X_OK):
            return path
    places = " or ".join(str(path) for path in candidates)
    raise ValueError(f"no program {places}; build it (cmake --preset bench && cmake --build "
                     f"--preset bench --target {name}) or name it with {option}")


def make_parser(description, examples, program, filtered, repetitions):
    """The options of all three. `program`: the one to measure, `filtered`: what --filter selects."""
    parser = argparse.ArgumentParser(description=description, epilog=examples,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    option = program_option(program)
    parser.add_argument(option, metavar="PROGRAM", dest="program", help=f"the {program} to "
                        "measure (default: that of the preset bench, else of release)")
    parser.add_argument("--filter", metavar="REGEX", default="", help=f"only {filtered} it is found")
    parser.add_argument("--repetitions", metavar="N", type=int, default=repetitions,
                        help=f"turns of each engine (default: {repetitions})")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser


def program_option(program):
    return "--bench" if program == "tagproof_bench" else "--tagproof"


def parse(parser, words, program, selected):
    """The arguments, with --filter as a pattern, the program's path, and what is `selected` by it."""
    arguments = parser.parse_args(words)
    if arguments.repetitions < 1:
        parser.error("--repetitions: at least 1")
    try:
        arguments.filter = re.compile(arguments.filter)
        arguments.selected = selected(arguments.filter)
        arguments.program = find_program(program, arguments.program, program_option(program))
    except re.error as error:
        parser.error(f"--filter: {error}")
    except ValueError as error:
        parser.error(str(error))
    return arguments


def finish(script, measure):
    """The exit status of a script: measure() reports, and returns rows or programs with fault()."""
    try:
        measured = measure()
    except (Failed, OSError) as error:
        progress("")
        print(f"{script}: {error}", file=sys.stderr)
        return 1
    faults = [f"{each.name}: {each.fault()}" for each in measured if each.fault()]
    for fault in faults:
        print(f"{script}: {fault}", file=sys.stderr)
    return 1 if faults else 0
