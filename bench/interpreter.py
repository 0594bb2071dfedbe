#!/usr/bin/python3
"""Measures operations of the interpreter, nothing compiled, beside python3: one table.

Rows are the functions `name(n)` of bench/programs/micro/*.py, and of the attribute grid those of plain
attributes and methods. Figures are nanoseconds of CPU time an operation, without the loop around
it: the fastest of all calls. The engines take turns, and must compute the same checksums.
Status: 0, 1 when they do not, 2 for bad usage.
"""
import json
import re
import statistics
import sys

import beside_python
import grid

MICRO = beside_python.ROOT / "bench/programs/micro"
FILES = {"empty_loop": grid.PROGRAMS, "inline": grid.PROGRAMS, "method": grid.PROGRAMS,
         "slots": grid.PROGRAMS,
         **{path.stem: MICRO for path in sorted(MICRO.glob("*.py"))}}
ROWS = beside_python.ROOT / "bench/grid_rows.py"
ENGINES = ("python3", "interpreted")
EXAMPLES = """examples:
  bench/interpreter.py                      all rows
  bench/interpreter.py --filter '^(calls|blocks)/' --repetitions 15
  bench/interpreter.py --sort ratio         slowest beside python3 first
  bench/interpreter.py --tagproof build/release/bin/tagproof --json > interpreter.json
"""


class Row(grid.Row):
    """A row of two engines. The empty loop is a row as well, and what the others are cleared of."""

    @property
    def counts(self):
        return self.name == grid.LOOP or not self.is_baseline

    def fault(self):
        if len(set(self.checksums.values())) == 1:
            return ""
        sums = ", ".join(f"{engine} {value}" for engine, value in self.checksums.items())
        return f"checksums differ: {sums}"

    def as_json(self):
        figures = {engine: {"ns": round(self.ns(engine), 4),
                            "median_ns": round(self.ns(engine, statistics.median), 4)}
                   for engine in ENGINES}
        return {"row": self.name, "operations": self.operations,
                "checksum": self.checksums["python3"], "fault": self.fault(), **figures,
                "ratio": round(self.ratio("interpreted"), 3)}


def measure(tagproof, files, repetitions):
    """All rows of the files, by name. The engines take turns: A B, B A, A B, ..."""
    commands = [("python3", [beside_python.PYTHON, "-B"]), ("interpreted", [tagproof, "run", "--jit=off"])]
    rows = {}
    for repetition in range(repetitions):
        for number, file in enumerate(files):
            beside_python.progress(f"{repetition + 1}/{repetitions}: {number + 1}/{len(files)} {file}")
            for engine, command in beside_python.in_turns(commands, repetition):
                text = beside_python.run([*map(str, command), str(ROWS), str(FILES[file]),
                                          file]).stdout
                for function, sample in json.loads(text).items():
                    name = f"{file}/{function}"
                    rows.setdefault(name, Row(name)).add(engine, sample)
    beside_python.progress("")
    for row in rows.values():
        grid.find_baseline(row, rows)
    return rows


def table(rows):
    width = max(len(row.name) for row in rows)
    lines = [f"{'ns an operation':{width}}  {'python3':>9} {'interpreted':>11}  as fast as python3"]
    for row in rows:
        lines.append(f"{row.name:{width}}  {grid.number(row.ns('python3')):>9} "
                     f"{grid.number(row.ns('interpreted')):>11}  {row.ratio('interpreted'):5.2f}  "
                     f"{row.fault()}".rstrip())
    return "\n".join(lines)


def summary(rows):
    ratios = {row.name: row.ratio("interpreted") for row in rows}
    slower = [f"{name} {ratio:.2f}" for name, ratio in ratios.items() if ratio < 1]
    return (f"{len(rows)} rows; geometric mean {statistics.geometric_mean(ratios.values()):.2f}; "
            f"slower than python3: {', '.join(slower) or 'none'}")


def selected_files(pattern):
    """Files with a row that the pattern selects, the empty loop first."""
    files = [name for name, folder in FILES.items()
             if any(pattern.search(f"{name}/{function}") for function in
                    re.findall(r"^def (\w+)\(n\):", (folder / f"{name}.py").read_text(), re.M))]
    if not files:
        raise ValueError(f"no row matches {pattern.pattern!r}; rows are <file>/<function> of "
                         f"{MICRO} and of {', '.join(f'grid/{name}' for name in list(FILES)[:4])}")
    loop = grid.LOOP.split("/")[0]
    return [loop] + [name for name in files if name != loop]


def parse_arguments(words):
    parser = beside_python.make_parser(__doc__, EXAMPLES, "tagproof",
                                       "rows <file>/<function> in which", repetitions=7)
    parser.add_argument("--sort", choices=("name", "ratio"), default="name", help="by name, or the "
                        "slowest beside python3 first (default: name)")
    return beside_python.parse(parser, words, "tagproof", selected_files)


def chosen(rows, arguments):
    result = [row for row in rows.values() if arguments.filter.search(row.name) and row.counts]
    if arguments.sort == "ratio":
        result.sort(key=lambda row: row.ratio("interpreted"))
    return result


def report(rows, arguments):
    found = beside_python.surroundings()
    if arguments.json:
        beside_python.print_json(found, arguments.repetitions, rows=[row.as_json() for row in rows])
    else:
        print(grid.describe(found, arguments.repetitions), table(rows), summary(rows), sep="\n")


def main(words=None):
    arguments = parse_arguments(words)

    def measured():
        rows = measure(arguments.program, arguments.selected, arguments.repetitions)
        rows = chosen(rows, arguments)
        report(rows, arguments)
        return rows

    return beside_python.finish("interpreter.py", measured)


if __name__ == "__main__":
    sys.exit(main())
