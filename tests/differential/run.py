#!/usr/bin/python3
"""Compares the front end with python3's own, on a sample of the standard library and on programs
that are wrong. The developer's programs are taken from beside tagproof.
"""
import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARSER = ("parser_oracle.py", "parser_dump_main")
COMPILER = ("compiler_oracle.py", "compile_all_main")


def comparisons(sample):
    """Yields (oracle, program, arguments)."""
    yield *PARSER, ["--sample", sample]
    yield *PARSER, ["--lines", "1", "--snippets", str(HERE / "invalid_snippets.txt")]
    yield *COMPILER, ["symbols", "--sample", sample]
    yield *COMPILER, ["positions", "--sample", sample]
    yield *COMPILER, ["errors", str(HERE / "compile_errors.txt")]


def main():
    parser = argparse.ArgumentParser(description="Compare the front end with python3's own.")
    parser.add_argument("--tagproof", type=Path, required=True, help="the program of the tree")
    parser.add_argument("--sample", default="100", metavar="N", help="files of the library")
    options = parser.parse_args()
    failed = 0
    for oracle, program, arguments in comparisons(options.sample):
        print(oracle, *arguments, flush=True)
        command = [sys.executable, str(HERE / oracle), str(options.tagproof.parent / program)]
        failed += subprocess.run(command + arguments, check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
