#!/usr/bin/python3
"""Measures attribute operations, interpreted and compiled, beside python3: one table.

Each function `name(n)` of bench/programs/grid/*.py is a row: n times OPERATIONS operations of one
kind. Figures are nanoseconds of CPU time an operation, without the loop around them (the row
empty_loop, or the row's own baseline): the fastest of all calls. The engines take turns; every one
must compute the same checksum, and compiled rows must have been compiled, none rejected.
Status: 0, 1 when that does not hold or a row fails, 2 for bad usage.
"""
import json
import re
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

import beside_python
import grid_chart
from beside_python import PYTHON, ROOT, Failed

PROGRAMS = ROOT / "bench/programs/grid"
ENGINES = ("python3", "interpreted", "compiled")
LOOP = "empty_loop/loop"
FLOOR_NS = 0.05  # what is left of less than this is taken for it in ratios
EXAMPLES = """examples:
  bench/grid.py                             all rows
  bench/grid.py --filter '^(inline|slots)/' --repetitions 15
  bench/grid.py --sort ratio                worst first
  bench/grid.py --json > grid.json; bench/grid.py --svg grid.svg
"""


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


def python_samples(file):
    """Yields (engine, row name, sample)."""
    text = beside_python.run([PYTHON, "-B", str(ROOT / "bench/grid_rows.py"), str(PROGRAMS),
                             file]).stdout
    for function, sample in json.loads(text).items():
        yield "python3", f"{file}/{function}", sample


def own_samples(bench, file):
    text = beside_python.run([str(bench), f"--benchmark_filter=^grid/{file}/",
                              "--benchmark_format=json"]).stdout
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
            beside_python.progress(f"{repetition + 1}/{repetitions}: {number + 1}/{len(files)} {file}")
            takers = [lambda: python_samples(file), lambda: own_samples(bench, file)]
            for taker in beside_python.in_turns(takers, repetition):
                for engine, name, sample in taker():
                    rows.setdefault(name, Row(name)).add(engine, sample)
    beside_python.progress("")
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


# --- the command line ----------------------------------------------------------------------------


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
    parser = beside_python.make_parser(__doc__, EXAMPLES, "tagproof_bench",
                                       "rows <file>/<function> in which", repetitions=7)
    parser.add_argument("--sort", choices=("name", "ratio"), default="name", help="by name, or the "
                        "least faster than python3 first (default: name)")
    parser.add_argument("--svg", metavar="FILE", help="write a chart there, too")
    return beside_python.parse(parser, words, "tagproof_bench", selected_files)


def chosen(rows, arguments):
    result = [row for row in rows.values() if arguments.filter.search(row.name)]
    if arguments.sort == "ratio":
        result = sorted((row for row in result if not row.is_baseline),
                        key=lambda row: row.ratio("compiled"))
    return result


def report(rows, arguments):
    found = beside_python.surroundings()
    described = describe(found, arguments.repetitions)
    if arguments.json:
        beside_python.print_json(found, arguments.repetitions, rows=[row.as_json() for row in rows])
    else:
        print(described, table(rows), summary(rows), sep="\n")
    if arguments.svg:
        measured = [row for row in rows if not row.is_baseline]
        Path(arguments.svg).write_text(grid_chart.svg(measured, described))


def describe(found, repetitions):
    return beside_python.describe(found, f"{repetitions} x 10 calls of half a millisecond each")


def main(words=None):
    arguments = parse_arguments(words)

    def measured():
        rows = measure(arguments.program, arguments.selected, arguments.repetitions)
        rows = chosen(rows, arguments)
        report(rows, arguments)
        return rows

    return beside_python.finish("grid.py", measured)


if __name__ == "__main__":
    sys.exit(main())
