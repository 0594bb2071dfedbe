"""Cuts the doctest examples of an installed test file into standalone scripts.

An example is the statement after one `>>>` and what it prints; those before it in the same text are
its preparation, so each script runs them too, unheard, and then the example, as the interactive
interpreter would.
"""
import ast
import doctest
from dataclasses import dataclass

from slicer import FUNCTIONS, Need

DOCUMENTED = (*FUNCTIONS, ast.ClassDef, ast.Module)


@dataclass(frozen=True)
class Example:
    """One doctest example and what comes before it in its text."""

    owner: str
    name: str
    sources: tuple
    example: doctest.Example

    @property
    def title(self):
        return f"{self.owner}.{self.name}"

    def satisfied_by(self, stdout):
        """Is this the output that the example shows?"""
        flags = 0
        for flag, on in self.example.options.items():
            flags |= flag if on else 0
        want, got = self.example.want, stdout
        if self.example.exc_msg is not None:
            head, _, got = stdout.partition("Traceback (most recent call last):\n")
            want = self.example.exc_msg
            if flags & doctest.IGNORE_EXCEPTION_DETAIL:
                want, got = want.split(":")[0], got.split(":")[0].split(".")[-1].strip()
        want, got = (text and text.rstrip("\n") + "\n" for text in (want, got))
        return doctest.OutputChecker().check_output(want, got, flags)


def texts(tree):
    """(name, text) of every docstring of the file and of what its `__test__` names."""
    strings = {}
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                strings[name] = node.value.value
            elif name == "__test__" and isinstance(node.value, ast.Dict):
                for value in node.value.values:
                    if isinstance(value, ast.Name) and value.id in strings:
                        found[value.id] = strings[value.id]
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False):
            found[getattr(node, "name", "module")] = ast.get_docstring(node, clean=False)
    return found


def examples(test_file):
    """All examples, in order."""
    found = []
    for name, text in texts(test_file.tree).items():
        parts = doctest.DocTestParser().get_examples(text, name)
        sources = tuple(part.source for part in parts)
        found += [Example("doctest", f"{name}_{index}", sources[:index + 1], part)
                  for index, part in enumerate(parts)]
    return found


def mentioned(sources):
    need = Need()
    for source in sources:
        try:
            need.add(ast.parse(source))
        except SyntaxError:
            continue
    return need


def slice_example(test_file, example, stem):
    """The modules of an example's script, called `stem`."""
    need = mentioned(example.sources)
    texts = test_file.module_texts(None, need, stem)
    listed = "".join(f"    {source!r},\n" for source in example.sources)
    texts[stem] += (f"\n\nimport unittest as _unittest\n"
                    f"_unittest.run_example(globals(), [\n{listed}])\n")
    return texts
