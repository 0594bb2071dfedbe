#!/usr/bin/python3
"""Formats all C++ files with clang-format; with --check only reports what it would change."""
import argparse
import subprocess
import sys

import tree


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail on a difference")
    arguments = parser.parse_args()
    paths = tree.files(tree.ROOT, ".h", ".cc")
    mode = ["--dry-run", "-Werror", "--ferror-limit=1"] if arguments.check else ["-i"]
    return subprocess.run(["clang-format", "--style=file", *mode, *paths], cwd=tree.ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
