#!/usr/bin/python3
"""Runs every program of bench/programs at a small size in four modes: equal to python3 to the byte.

A difference in output or exit status, a rejected function and a heap that is not as it should be at
the end are failures; so is a program without a size here. Nothing is measured; bench/programs.py does
that. Examples:

  run.py --tagproof build/release/bin/tagproof
  run.py --tagproof P --mode deopt-stress bank scheduler
"""
import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "bench/programs"
ORACLE = "/usr/bin/python3"
MODES = {
    "off": ["--jit=off"],
    "always": ["--jit=always"],
    "auto": ["--jit=auto", "--jit-threshold=2"],
    "deopt-stress": ["--jit=always", "--deopt-stress"],
}
CHECKS = ["--strict", "--check-heap=exit"]
SIZES = {  # hundredths of a second under python3
    "alloc_obj": ["3000"],
    "attr_poly": ["3000"],
    "attr_rw": ["3000"],
    "bank": ["3"],
    "calculator": ["2"],
    "chaos_game": ["2000"],
    "cm_exc": ["3000"],
    "constraints": ["1"],
    "context_managers": ["3000"],
    "hex_game": ["12"],
    "method_call": ["3000"],
    "nbody": ["400"],
    "raytracer": ["9"],
    "repro_stress": ["--iterations", "1"],
    "scheduler": ["12"],
}


def execute(command, program, timeout):
    """Exit status, standard output, and the last line of the standard error."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run([*command, f"{program}.py", *SIZES[program]], cwd=PROGRAMS, text=True,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=timeout)
    except subprocess.TimeoutExpired:
        return -1, f"no end after {timeout} s", ""
    errors = done.stderr.splitlines()
    return done.returncode, done.stdout, errors[-1] if errors else ""


def check(program, options):
    """The program's faults, one text each."""
    if program not in SIZES:
        return [f"{program}: give it a size in {Path(__file__).name}"]
    expected = execute([ORACLE, "-B"], program, options.timeout)
    if expected[0] != 0:
        return [f"{program}: python3 ends with {expected[0]}: {expected[2]}"]
    faults = []
    for mode in options.mode or MODES:
        command = [options.tagproof, "run", *MODES[mode], *CHECKS]
        status, output, error = execute(command, program, options.timeout)
        if (status, output) != expected[:2]:
            faults.append(f"{program} [{mode}]: status {status}: {error}\n{output}\n"
                          f"--- python3 prints\n{expected[1]}")
    return faults


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", help="names without .py (default: all)")
    parser.add_argument("--tagproof", type=Path, default=ROOT / "build/dev/bin/tagproof",
                        help="the program under test (default: the dev preset's)")
    parser.add_argument("--mode", action="append", choices=MODES, help="only this mode; repeatable")
    parser.add_argument("-j", type=int, default=2, help="programs run at once (default: 2)")
    parser.add_argument("--timeout", type=float, default=300, help="seconds a run may take")
    options = parser.parse_args(arguments)
    options.tagproof = str(options.tagproof.absolute())
    if not os.access(options.tagproof, os.X_OK):
        parser.error(f"no program {options.tagproof}; build it, or name it with --tagproof")
    known = sorted(path.stem for path in PROGRAMS.glob("*.py"))
    options.programs = options.programs or known
    for name in options.programs:
        if name not in known:
            parser.error(f"no program {name}; there are {', '.join(known)}")
    return options


def main(arguments):
    options = parse(arguments)
    with ThreadPoolExecutor(options.j) as pool:
        faults = [fault for found in pool.map(lambda name: check(name, options), options.programs)
                  for fault in found]
    for fault in faults:
        print("FAILED", fault)
    print(f"{len(options.programs)} programs in {', '.join(options.mode or MODES)}: "
          f"{len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
