#!/usr/bin/python3
"""Compares the parser with python3's own.

Usage: parser_oracle.py PARSER_DUMP [--sample N] [--show N] [--snippets FILE | FILE...]

Without files: every .py file of the installed standard library, or a sample of N of them. The trees
that parser_dump (parser_dump_main.cc) prints must equal ast.dump(ast.parse(...),
include_attributes=True): all nodes, fields and positions. Files that python3 rejects must be
rejected at the same line.
With --snippets: a file of invalid programs, divided by lines of `#----`; the verdict, the line and
the message are compared, and the exit status tells whether all verdicts and the share of lines
given by --lines are right.

To be run by python3 3.11, whose grammar is the reference.
"""

import argparse
import ast
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings

SEPARATOR = "#----\n"


def expected(path):
    """What parser_dump has to print for a file: the tree, or the error's place."""
    source = pathlib.Path(path).read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, filename=path)
    except SyntaxError as error:
        return f"error: {type(error).__name__} {error.lineno} {error.msg}"
    except ValueError as error:
        return f"error: ValueError 0 {error}"
    except (MemoryError, RecursionError) as error:
        return f"error: {type(error).__name__} 0 {error}"
    return ast.dump(tree, include_attributes=True)


class ParserDump:
    """A running parser_dump."""

    def __init__(self, binary):
        self.process = subprocess.Popen(
            [binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, path):
        self.process.stdin.write(path.encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return line.decode("utf-8", "surrogateescape").rstrip("\n")


def library_files():
    roots = sorted(pathlib.Path("/usr/lib").glob("python3*"))
    return sorted(str(path) for root in roots for path in root.rglob("*.py") if path.is_file())


def first_difference(actual, wanted):
    at = len(os.path.commonprefix([actual, wanted]))
    start = max(0, at - 120)
    return f"    got  ...{actual[start:at + 80]!r}\n    want ...{wanted[start:at + 80]!r}"


def same_error(actual, wanted):
    """Rejected by both, at the same line."""
    if not (actual.startswith("error: ") and wanted.startswith("error: ")):
        return False
    return actual.split()[2] == wanted.split()[2]


def compare_files(dump, paths, show):
    equal = rejected = 0
    failures = []
    for path in paths:
        actual = dump.run(path)
        wanted = expected(path)
        if actual == wanted:
            equal += 1
        elif same_error(actual, wanted):
            rejected += 1
        else:
            failures.append(path)
            if len(failures) <= show:
                print(f"{path}\n{first_difference(actual, wanted)}")
    print(f"{len(paths)} files: {equal} equal, {rejected} rejected by both with another message, "
          f"{len(failures)} different")
    return not failures


def compare_snippets(dump, path, show, wanted_lines):
    snippets = [s for s in pathlib.Path(path).read_text().split(SEPARATOR) if s]
    verdicts = lines = messages = shown = 0
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "snippet.py")
        for snippet in snippets:
            pathlib.Path(file).write_text(snippet)
            actual = dump.run(file)
            wanted = expected(file)
            if not wanted.startswith("error: "):
                print(f"python3 accepts this snippet:\n{snippet}")
            verdicts += actual.startswith("error: ") == wanted.startswith("error: ")
            lines += same_error(actual, wanted)
            messages += actual == wanted
            if actual != wanted and shown < show:
                shown += 1
                print(f"{snippet}    got  {actual[:200]}\n    want {wanted[:200]}\n")
    print(f"{len(snippets)} snippets: {verdicts} with the same verdict, {lines} with the same line, "
          f"{messages} with the same message")
    return verdicts == len(snippets) and lines >= wanted_lines * len(snippets)


def main():
    parser = argparse.ArgumentParser(description="Compare the parser with python3's own.")
    parser.add_argument("parser_dump")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=10, metavar="N", help="differences to print")
    parser.add_argument("--snippets", metavar="FILE")
    parser.add_argument("--lines", type=float, default=0.95, help="share of equal lines")
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    dump = ParserDump(options.parser_dump)
    if options.snippets:
        return compare_snippets(dump, options.snippets, options.show, options.lines)
    files = options.files or library_files()
    if options.sample:
        files = random.Random(options.seed).sample(files, min(options.sample, len(files)))
    return compare_files(dump, files, options.show)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
