#!/usr/bin/python3
"""Checks that every path a Markdown file names exists, and that every source folder has a README.

A path is the target of a link, or a word in `code` or a code block that starts with one of our
folders or, in `code`, ends like one of our files. It may be relative to the root or to the Markdown
file, and hold * and {a,b}. Names to fill in are written <name> and are not paths.
"""
import re
import sys

import tree

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"[\w.-]+(/[\w.*-]+)*\.(h|cc|def|py|md|cmake|txt|json|test)")
OURS = re.compile(r"(%s)/[\w./*{},-]+" % "|".join(tree.FOLDERS))
BRACES = re.compile(r"\{([^{}]*)\}")


def expand(word):
    match = BRACES.search(word)
    if not match:
        return [word]
    options = match.group(1).split(",")
    return [path for option in options
            for path in expand(word[:match.start()] + option + word[match.end():])]


def exists(root, folder, word):
    return all(any(any(base.glob(path)) if "*" in path else (base / path).exists()
                   for base in (root, folder))
               for path in (variant.rstrip("/") for variant in expand(word)))


def named_paths(text):
    """Yields (offset, path) of each path that the text names."""
    for block in FENCE.finditer(text):
        for word in OURS.finditer(block.group()):
            starts_word = re.match(r"[\s./\"'(=]", block.group()[word.start() - 1])
            if starts_word and block.group()[word.start() - 2:word.start()] != "//":
                yield block.start() + word.start(), word.group().rstrip(".,")
    prose = FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block.group()), text)
    for link in LINK.finditer(prose):
        if "://" not in link.group(1):
            yield link.start(), link.group(1)
    for code in CODE.finditer(prose):
        for word in code.group(1).split():
            word = re.sub(r":\d+$", "", word.strip(",;:()\"'"))
            if OURS.fullmatch(word) or FILE.fullmatch(word):
                yield code.start(), word


def check_paths(root, path):
    text = (root / path).read_text(encoding="utf-8")
    folder = (root / path).parent
    return [f"{path}:{text.count(chr(10), 0, offset) + 1}: {word} does not exist"
            for offset, word in named_paths(text) if not exists(root, folder, word)]


def check_readmes(root):
    folders = {path.rpartition("/")[0] for path in tree.files(root, ".h", ".cc", ".def")}
    return [f"{folder}: has no README.md" for folder in sorted(folders)
            if not (root / folder / "README.md").exists()]


def check(root):
    paths = [finding for path in tree.files(root, ".md") for finding in check_paths(root, path)]
    return paths + check_readmes(root)


if __name__ == "__main__":
    sys.exit(tree.report(check(tree.ROOT)))
