#!/usr/bin/python3
"""Runs clang-tidy over the sources of the named folders, tests excepted."""
import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tree


def sources(build, folders):
    commands = json.loads((build / "compile_commands.json").read_text())
    files = sorted({Path(command["file"]) for command in commands})
    paths = [(file, file.relative_to(tree.ROOT).as_posix()) for file in files
             if file.is_relative_to(tree.ROOT)]
    return [file for file, path in paths
            if path.startswith(folders) and not path.endswith(("_test.cc", "_test_support.cc"))]


def tidy(build, file):
    result = subprocess.run(["clang-tidy", "--quiet", "-p", build, file],
                            capture_output=True, text=True)
    return file, result.returncode, result.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", help="top-level folders, for example objmodel")
    parser.add_argument("--build", type=Path, required=True, help="build tree of the lint preset")
    parser.add_argument("-j", type=int, default=1, help="files checked at once (default: 1)")
    arguments = parser.parse_args()
    files = sources(arguments.build, tuple(f"{folder}/" for folder in arguments.folders))
    failed = 0
    with ThreadPoolExecutor(arguments.j) as pool:
        for file, status, output in pool.map(lambda file: tidy(arguments.build, file), files):
            if status:
                failed += 1
                print(f"== {file.relative_to(tree.ROOT)}\n{output}")
    print(f"clang-tidy: {len(files)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
