#!/usr/bin/python3
"""Measures attribute operations, interpreted and compiled, beside python3: one table.

Each function `name(n)` of bench/programs/grid/*.py is a row: n times OPERATIONS operations of one
kind. Figures are nanoseconds of CPU time an operation, without the loop around them (the row
empty_loop, or the row's own baseline): the fastest of all calls. The engines take turns; every one
must compute the same checksum, and compiled rows must have been compiled, none rejected.
Status: 0, 1 when that does not hold or a row fails, 2 for bad usage.
"""
import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import grid_chart

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "bench/programs/grid"
PRESETS = ("bench", "release")
PYTHON = "/usr/bin/python3"
ENGINES = ("python3", "interpreted", "compiled")
LOOP = "empty_loop/loop"
FLOOR_NS = 0.05  # what is left of less than this is taken for it in ratios
EXAMPLES = """examples:
  bench/grid.py                             all rows
  bench/grid.py --filter '^(inline|slots)/' --repetitions 15
  bench/grid.py --sort ratio                worst first
  bench/grid.py --json > grid.json; bench/grid.py --svg grid.svg
"""


class Failed(Exception):
    """The text says what could not be measured and why."""


@dataclass
class Row:
    """What was measured of one function: per engine, one sample a repetition."""

    name: str
    operations: int = 0
    samples: dict = field(default_factory=lambda: {engine: [] for engine in ENGINES})
    checksums: dict = field(default_factory=dict)
    counters: dict = field(default_factory=dict)  # of the compiled engine, the last repetition's
    baseline: "Row" = None
    is_baseline: bool = False

    def add(self, engine, sample):
        self.operations = int(sample["operations"])
        self.samples[engine].append(sample["ns"])
        checksum = int(sample["checksum"])
        if self.checksums.setdefault(engine, checksum) != checksum:
            raise Failed(f"{self.name}: {engine} computes {checksum} once, else "
                         f"{self.checksums[engine]}")
        if engine == "compiled":
            self.counters = {key: int(sample[key]) for key in
                             ("compiled", "rejected", "deopts", "interpreted")}

    def loop(self, engine, select):
        """The share of the loop in a sample's nanoseconds."""
        if self.baseline is None:
            return 0.0
        whole = select(self.baseline.samples[engine]) * self.baseline.operations
        return whole / self.operations

    def ns(self, engine, select=min):
        return select(self.samples[engine]) - self.loop(engine, select)

    def ratio(self, engine):
        """How many times as fast as python3."""
        return max(self.ns("python3"), FLOOR_NS) / max(self.ns(engine), FLOOR_NS)

    def fault(self):
        """Why the row is not to be trusted, or nothing."""
        if len(set(self.checksums.values())) != 1:
            sums = ", ".join(f"{engine} {value}" for engine, value in self.checksums.items())
            return f"checksums differ: {sums}"
        if self.counters["rejected"]:
            return f"the verifier rejected {self.counters['rejected']} units"
        return "" if self.counters["compiled"] else "not compiled"

    def remark(self):
        """What the compiled engine's timed calls left to the interpreter."""
        counts = [("exits taken", self.counters["deopts"]),
                  ("interpreted calls", self.counters["interpreted"])]
        return ", ".join(f"{count} {what}" for what, count in counts if count)

    def as_json(self):
        figures = {engine: {"ns": round(self.ns(engine), 4),
                            "median_ns": round(self.ns(engine, statistics.median), 4),
                            "with_loop_ns": round(min(self.samples[engine]), 4)}
                   for engine in ENGINES}
        return {"row": self.name, "operations": self.operations,
                "checksum": self.checksums["python3"], "is_baseline": self.is_baseline,
                "fault": self.fault(), **figures,
                "ratio": round(self.ratio("compiled"), 3),
                "interpreted_ratio": round(self.ratio("interpreted"), 3),
                "counters": self.counters}


# --- the engines ---------------------------------------------------------------------------------


def run(command):
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def python_samples(file):
    """Yields (engine, row name, sample)."""
    text = run([PYTHON, "-B", str(ROOT / "bench/grid_rows.py"), str(PROGRAMS), file])
    for function, sample in json.loads(text).items():
        yield "python3", f"{file}/{function}", sample


def own_samples(bench, file):
    text = run([str(bench), f"--benchmark_filter=^grid/{file}/", "--benchmark_format=json"])
    try:
        results = json.loads(text)["benchmarks"]
    except (ValueError, KeyError) as error:
        raise Failed(f"{bench} has no rows grid/{file}/; is it of this checkout?") from error
    for result in results:
        _, _, function, engine = result["name"].split("/")[:4]
        if result.get("error_occurred"):
            raise Failed(f"{file}/{function}, {engine}: {result['error_message']}")
        yield engine, f"{file}/{function}", result


def measure(bench, files, repetitions):
    """All rows of the files by name. The engines take turns: A B, B A, A B, ..."""
    rows = {}
    for repetition in range(repetitions):
        for number, file in enumerate(files):
            progress(f"{repetition + 1}/{repetitions}: {number + 1}/{len(files)} {file}")
            takers = [lambda: python_samples(file), lambda: own_samples(bench, file)]
            for taker in takers if repetition % 2 == 0 else reversed(takers):
                for engine, name, sample in taker():
                    rows.setdefault(name, Row(name)).add(engine, sample)
    progress("")
    for row in rows.values():
        missing = [engine for engine in ENGINES if not row.samples[engine]]
        if missing:
            raise Failed(f"{row.name}: no figures of {', '.join(missing)}")
        find_baseline(row, rows)
    return rows


def find_baseline(row, rows):
    """`f_baseline` of the same file, else `baseline` of the file, else the empty loop."""
    file, function = row.name.split("/")
    row.is_baseline = row.name == LOOP or function.endswith("baseline")
    for name in (f"{row.name}_baseline", f"{file}/baseline", LOOP):
        if not row.is_baseline and name in rows:
            row.baseline = rows[name]
            return


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text:60}", end="" if text else "\r", file=sys.stderr, flush=True)


# --- the table -----------------------------------------------------------------------------------


def number(ns):
    return f"{ns:.2f}" if abs(ns) < 9.995 else f"{ns:.1f}"


def table(rows):
    width = max(len(row.name) for row in rows)
    lines = [f"{'ns an operation':{width}}  {'python3':>9} {'interpreted':>11} {'compiled':>9}  "
             "times as fast as python3"]
    for row in rows:
        ns = [number(row.ns(engine)) for engine in ENGINES]
        note = row.fault() or row.remark() or ("(a baseline)" if row.is_baseline else "")
        lines.append(f"{row.name:{width}}  {ns[0]:>9} {ns[1]:>11} {ns[2]:>9}  "
                     f"{row.ratio('interpreted'):6.2f} interpreted {row.ratio('compiled'):7.2f} "
                     f"compiled  {note}".rstrip())
    return "\n".join(lines)


def summary(rows):
    measured = [row for row in rows if not row.is_baseline]
    if not measured:
        return ""
    means = {engine: statistics.geometric_mean(row.ratio(engine) for row in measured)
             for engine in ENGINES[1:]}
    slower = [row.name for row in measured if row.ratio("compiled") < 1]
    return (f"{len(measured)} rows; geometric mean {means['interpreted']:.2f} interpreted, "
            f"{means['compiled']:.2f} compiled; slower than python3 compiled: "
            f"{', '.join(slower) or 'none'}")


def describe(versions, repetitions):
    return (f"python3: {versions['python3']}, PYTHONHASHSEED=0; {versions['machine']}; the fastest "
            f"of {repetitions} x 10 calls of half a millisecond each")


def machine():
    match = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{match.group(1) if match else platform.machine()}, {os.cpu_count()} CPUs"


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


def selected_files(pattern):
    """Files with a row that the pattern selects, the empty loop first."""
    files = []
    for path in sorted(PROGRAMS.glob("*.py")):
        functions = re.findall(r"^def (\w+)\(n\):", path.read_text(), re.MULTILINE)
        if any(pattern.search(f"{path.stem}/{function}") for function in functions):
            files.append(path.stem)
    if not files:
        raise ValueError(f"no row matches {pattern.pattern!r}; rows are <file>/<function> of "
                         f"{PROGRAMS}")
    loop = LOOP.split("/")[0]
    return [loop] + [file for file in files if file != loop]


def parse_arguments(words):
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", metavar="PROGRAM", help="the tagproof_bench to measure "
                        "(default: that of the preset bench, else of release)")
    parser.add_argument("--filter", metavar="REGEX", default="", help="only rows <file>/<function> "
                        "in which it is found")
    parser.add_argument("--repetitions", metavar="N", type=int, default=7, help="turns of each "
                        "engine (default: 7)")
    parser.add_argument("--sort", choices=("name", "ratio"), default="name", help="by name, or the "
                        "least faster than python3 first (default: name)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--svg", metavar="FILE", help="write a chart there, too")
    arguments = parser.parse_args(words)
    try:
        arguments.filter = re.compile(arguments.filter)
    except re.error as error:
        parser.error(f"--filter: {error}")
    if arguments.repetitions < 1:
        parser.error("--repetitions: at least 1")
    try:
        arguments.files = selected_files(arguments.filter)
        arguments.bench = find_program("tagproof_bench", arguments.bench, "--bench")
    except ValueError as error:
        parser.error(str(error))
    return arguments


def chosen(rows, arguments):
    result = [row for row in rows.values() if arguments.filter.search(row.name)]
    if arguments.sort == "ratio":
        result = sorted((row for row in result if not row.is_baseline),
                        key=lambda row: row.ratio("compiled"))
    return result


def report(rows, arguments):
    versions = {"python3": run([PYTHON, "-V"]).split()[-1], "machine": machine()}
    if arguments.json:
        json.dump({**versions, "repetitions": arguments.repetitions,
                   "rows": [row.as_json() for row in rows]}, sys.stdout, indent=1)
        print()
    else:
        print(describe(versions, arguments.repetitions), table(rows), summary(rows), sep="\n")
    if arguments.svg:
        Path(arguments.svg).write_text(grid_chart.svg([row for row in rows if not row.is_baseline],
                                                      describe(versions, arguments.repetitions)))


def main(words=None):
    arguments = parse_arguments(words)
    try:
        rows = chosen(measure(arguments.bench, arguments.files, arguments.repetitions), arguments)
        report(rows, arguments)
    except (Failed, OSError) as error:
        progress("")
        print(f"grid.py: {error}", file=sys.stderr)
        return 1
    faults = [f"{row.name}: {row.fault()}" for row in rows if row.fault()]
    for fault in faults:
        print(f"grid.py: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
