"""The files of this project, without asking git: a checkout of another owner must be checked too."""
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("objmodel", "runtime", "jit", "tools", "bench", "tests")


def files(root, *suffixes):
    """Yields root-relative paths of the project's files that end in one of the suffixes, sorted."""
    found = [entry for entry in Path(root).iterdir() if entry.is_file()]
    for folder in FOLDERS:
        for directory, subfolders, names in os.walk(Path(root) / folder):
            subfolders[:] = [name for name in subfolders if name != "__pycache__"]
            found += [Path(directory) / name for name in names]
    paths = sorted(path.relative_to(root).as_posix() for path in found)
    return [path for path in paths if path.endswith(suffixes)]


def report(findings):
    """Prints the findings, one a line, and returns the exit status."""
    for finding in findings:
        print(finding)
    return 1 if findings else 0
