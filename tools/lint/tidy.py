#!/usr/bin/python3
"""Runs clang-tidy over the sources of the named folders, tests excepted.

Nearly all of its time goes into headers, so files are checked in batches: one translation unit that
includes some of them. Files that do not go together (a name that both have to themselves, say) come
into another batch, at last alone. What is found in a batch counts if the file alone shows it too. That
each file stands on its own includes is asked of the compiler, file by file.
"""
import argparse
import json
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tree

IN_A_BATCH = 16
TRIES = 2  # batches that a file may not fit into, before it is checked alone
OURS = "/(objmodel|runtime|jit|tools|bench|tests)/[^.]*\\.(h|cc)$"
ERROR = re.compile(r"^(\S+?):\d+:\d+: error: .*\[([\w.,-]+)\]$", re.MULTILINE)


class Source:
    def __init__(self, entry):
        words = shlex.split(entry["command"])
        self.path = Path(entry["file"])
        self.compiler = words[0]
        # Without what names the file and its object.
        self.flags = words[1:words.index("-o")]
        self.tries = 0

    def name(self):
        return self.path.relative_to(tree.ROOT).as_posix()


def sources(build, folders):
    commands = json.loads((build / "compile_commands.json").read_text())
    found = {}
    for entry in commands:
        path = Path(entry["file"])
        if not path.is_relative_to(tree.ROOT) or path.is_relative_to(build):
            continue
        source = Source(entry)
        if source.name().startswith(folders) and \
                not source.name().endswith(("_test.cc", "_test_support.cc")):
            found[path] = source
    return [found[path] for path in sorted(found)]


def batches(files, size):
    """Of files with the same flags."""
    by_flags = {}
    for file in files:
        by_flags.setdefault(tuple(file.flags), []).append(file)
    return [group[first:first + size] for group in by_flags.values()
            for first in range(0, len(group), size)]


class Tidy:
    def __init__(self, build):
        self.folder = build / "tidy"
        self.folder.mkdir(exist_ok=True)
        self.misfits = []

    def stands_alone(self, file):
        result = subprocess.run([file.compiler, *file.flags, "-fsyntax-only", file.path],
                                capture_output=True, text=True)
        return result.returncode, result.stdout + result.stderr

    def alone(self, file):
        result = subprocess.run(
            ["clang-tidy", "--quiet", file.path, "--", *file.flags], capture_output=True, text=True)
        return result.returncode, result.stdout

    def together(self, files):
        unit = self.folder / (files[0].name().replace("/", "_"))
        unit.write_text("".join(f'#include "{file.path}"\n' for file in files))
        result = subprocess.run(
            ["clang-tidy", "--quiet", f"--header-filter={OURS}",
             "--checks=-bugprone-suspicious-include", unit, "--", *files[0].flags],
            capture_output=True, text=True)
        unit.unlink()
        return result.returncode, result.stdout

    def check_batch(self, files):
        """[(file, output)] of those with findings; what does not fit is put aside."""
        while len(files) > 1:
            status, output = self.together(files)
            if not status:
                return []
            named = ERROR.findall(output)
            broken = {path for path, check in named if "clang-diagnostic" in check}
            misfits = [file for file in files if str(file.path) in broken]
            if not misfits:
                return self.check_alone(files, {path for path, _ in named})
            self.misfits += misfits
            files = [file for file in files if file not in misfits]
        return self.check_alone(files, {str(file.path) for file in files})

    def check_alone(self, files, suspects):
        """Of a finding in a header any file may be the reason."""
        in_sources = {str(file.path) for file in files} & suspects
        outputs = []
        for file in files:
            if in_sources == suspects and str(file.path) not in suspects:
                continue
            status, output = self.alone(file)
            if status:
                outputs.append((file, output))
        return outputs

    def put_aside(self):
        """The files that did not fit: those to try together again, and the others."""
        misfits, self.misfits = sorted(self.misfits, key=lambda file: file.path), []
        for file in misfits:
            file.tries += 1
        return ([file for file in misfits if file.tries < TRIES],
                [file for file in misfits if file.tries >= TRIES])


def check(tidy, files, jobs):
    """[(file, output)] of the files with findings."""
    findings = []
    with ThreadPoolExecutor(jobs) as pool:
        for file, (status, output) in zip(files, pool.map(tidy.stands_alone, files)):
            if status:
                findings.append((file, output))
        groups = batches(files, IN_A_BATCH)
        while groups:
            for found in pool.map(tidy.check_batch, groups):
                findings += found
            again, alone = tidy.put_aside()
            groups = batches(again, IN_A_BATCH) + [[file] for file in alone]
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", help="top-level folders, for example objmodel")
    parser.add_argument("--build", type=Path, required=True, help="build tree of the lint preset")
    parser.add_argument("-j", type=int, default=1, help="batches checked at once (default: 1)")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    files = sources(build, tuple(f"{folder}/" for folder in arguments.folders))
    findings = check(Tidy(build), files, arguments.j)
    for file, output in findings:
        print(f"== {file.name()}\n{output}")
    failed = len({file.path for file, _ in findings})
    print(f"clang-tidy: {len(files)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
