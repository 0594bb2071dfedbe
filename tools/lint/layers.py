#!/usr/bin/python3
"""Checks who may include what: objmodel <- runtime <- jit <- tools, jit/verify apart."""
import re
import sys

import tree

# The first row whose folder holds the file decides. jit/verify knows nothing of the compiler.
MAY_INCLUDE = [
    ("objmodel/layout.h", ()),
    ("jit/verify/", ("jit/verify/", "objmodel/layout.h")),
    ("objmodel/", ("objmodel/",)),
    ("runtime/", ("objmodel/", "runtime/")),
    ("jit/", ("objmodel/", "runtime/", "jit/")),
    ("tools/", ("objmodel/", "runtime/", "jit/", "tools/")),
    ("bench/", ("objmodel/", "runtime/", "jit/", "bench/")),
    # symbolic/: jit/verify with symbolic numbers, written by symbolic_text.py there.
    ("tests/soundness/transfer/", ("jit/verify/", "tests/soundness/", "symbolic/")),
    ("tests/", ("objmodel/", "runtime/", "jit/", "tools/", "bench/", "tests/")),
]
# Third-party headers stand behind one part each; tests, wherever they stand, may use all of them.
BEHIND = [
    (re.compile(r"asmjit/"), ("jit/x64/", "jit/code_cache", "jit/verify/verify_test_support.", "tests/")),
    (re.compile(r"Zy(dis|core)"), ("jit/verify/", "jit/disassemble", "bench/verify_", "tests/")),
    (re.compile(r"gmp"), ("objmodel/", "tests/")),
    (re.compile(r"z3"), ("tests/soundness/transfer/",)),
    (re.compile(r"(CLI|nlohmann)/"), ("tools/", "tests/")),
]
TEST = re.compile(r"_test(_support)?\.(cc|h)$")
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def check_include(path, quote, target):
    allowed = next(allowed for prefix, allowed in MAY_INCLUDE if path.startswith(prefix))
    if quote == '"' and not target.startswith(allowed):
        return f'may not include "{target}"'
    for header, places in () if TEST.search(path) else BEHIND:
        if header.match(target) and not path.startswith(places):
            return f"may not include <{target}>: it belongs to {', '.join(places)}"
    return None


def check(root):
    findings = []
    for path in tree.files(root, ".h", ".cc", ".def"):
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            problem = match and check_include(path, *match.groups())
            if problem:
                findings.append(f"{path}:{number}: {problem}")
    return findings


if __name__ == "__main__":
    sys.exit(tree.report(check(tree.ROOT)))
