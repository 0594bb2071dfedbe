#!/usr/bin/python3
"""Writes the mutated copies of the verifier's core, and the list of their mutants.

    mutate.py --out FOLDER --compiler g++       from the root of the sources

FOLDER/jit/verify gets the copies (first on the include path of the test objects), FOLDER/sites.json
the mutants. Everything in jit/verify is core but tests and what UNTRUSTED names, so that a new file
is mutated without a change here. Prints the sites by file and kind.
"""
import argparse
import collections
import json
import pathlib
import re
import sys

import rewriter
import tables

FOLDER = "jit/verify"
# Not part of a verdict: what explains one, the interface's plain structs, and joins, which count
# only where implies() shows that they lie above what is joined.
UNTRUSTED = {"explain.cc", "explain.h", "path.cc", "path.h", "state_text.cc", "state_text.h",
             "write_proof.cc", "write_proof.h", "verify.h", "rule_ids.def", "join.cc", "join.h",
             "check_tables.cc", "check_tables.h"}
# Functions that only make text.
TEXT_ONLY = {"disassemble", "rowName", "ruleName", "ruleText", "writeClassName", "report"}


def core_files():
    names = sorted(path.name for path in pathlib.Path(FOLDER).iterdir()
                   if path.suffix in (".cc", ".h", ".def"))
    names = [name for name in names if not re.search(r"_(test|test_support)\.(cc|h)$", name)]
    missing = UNTRUSTED - set(names)
    assert not missing, f"no longer there: {missing}"
    return [name for name in names if name not in UNTRUSTED]


class Entry:
    """A line of equivalents.txt: mutants that can change no verdict, and why."""

    def __init__(self, path, number, line, reason):
        fields = [field.strip() for field in line.split(" | ")]
        if len(fields) != 4 or "=>" not in fields[3]:
            sys.exit(f"{path}:{number}: file | function, ... | kind | original => mutant")
        self.text, self.number, self.reason = line.strip(), number, reason
        self.file, self.kind = fields[0], fields[2]
        self.functions = fields[1].split(", ")
        self.original, self.mutant = (part.strip() for part in fields[3].split("=>"))

    def names(self, site):
        """An empty original stands for any."""
        return (site.file.rpartition("/")[2] == self.file and site.function in self.functions
                and site.kind == self.kind and site.mutant == self.mutant
                and self.original in ("", site.original))


def read_equivalents(path):
    entries, reason = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            entries.append(Entry(path, number, line, reason))
        else:
            reason = line.strip()
    return entries


def mark_equivalents(sites, entries):
    """Sets `equivalent` of sites; returns the entries and functions that match none."""
    stale = []
    for entry in entries:
        matched = [site for site in sites if entry.names(site)]
        for site in matched:
            site.equivalent = entry.reason
        missing = set(entry.functions) - {site.function for site in matched}
        if missing:
            stale.append(f"line {entry.number}: {', '.join(sorted(missing))}: {entry.text}")
    return stale


def write(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, help="folder of the copies")
    parser.add_argument("--compiler", nargs="+", default=["c++"], help="lists the tables' rows")
    parser.add_argument("--list", action="store_true", help="print the core's files and stop")
    options = parser.parse_args()
    if options.list:
        print(";".join(f"{FOLDER}/{name}" for name in core_files()), end="")
        return
    sites, counts = [], []
    for name in core_files():
        if name.endswith(".def"):
            continue
        path = f"{FOLDER}/{name}"
        before = len(sites)
        text = pathlib.Path(path).read_text(encoding="utf-8")
        copy, functions, neutral = rewriter.rewrite(path, text, sites, TEXT_ONLY)
        counts.append((path, len(sites) - before,
                       f"{functions} functions, {neutral} statements of statistics left alone"))
        if name == "decode.cc":
            before = len(sites)
            copy, rows = tables.rows(options.compiler, copy, sites)
            counts.append((f"{FOLDER}/rules.def", len(sites) - before, f"{rows} rows"))
            before = len(sites)
            copy, rows = tables.encodings(options.compiler, copy, sites)
            counts.append((f"{FOLDER}/encodings.def", len(sites) - before, f"{rows} rows"))
        write(options.out / path, copy)
    equivalents = pathlib.Path(__file__).with_name("equivalents.txt")
    for site in sites:
        site.equivalent = ""
    stale = mark_equivalents(sites, read_equivalents(equivalents))
    listed = [{"number": site.number, "file": site.file, "line": site.line,
               "function": site.function, "kind": site.kind, "original": site.original,
               "mutant": site.mutant, "decides": site.decides, "equivalent": site.equivalent} for site in sites]
    write(options.out / "sites.json", json.dumps({"stale": stale, "sites": listed}, indent=1))
    for path, number, detail in counts:
        print(f"{path:32} {number:5} mutants  ({detail})")
    for kind, number in sorted(collections.Counter(site.kind for site in sites).items()):
        print(f"  {kind:30} {number:5}")


if __name__ == "__main__":
    main()
