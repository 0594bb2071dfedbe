#!/usr/bin/python3
"""Tests of the slicer, on a made-up test file."""
import ast
import tempfile
import unittest
from pathlib import Path

import doctests
import slicer

TEXT = '''import sys
import pickle
import unittest
from math import (pi,
                  tau)
LIMIT = 3
def used():
    return LIMIT
def unused():
    return tau
class Base:
    kind = list
    def test_base(self):
        self.assertEqual(self.kind(), self.empty())
    def test_other(self):
        unused()
    def empty(self):
        return self.kind()
class ListTest(Base, unittest.TestCase):
    def test_used(self):
        self.assertEqual(used(), 3)
    def test_pickled(self):
        pickle.dumps(1)
lines = """
>>> x = used()
>>> x
3
"""
__test__ = {"lines": lines}
if __name__ == "__main__":
    unittest.main()
'''


class SlicerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "test_made.py"
        path.write_text(TEXT, encoding="utf-8")
        self.file = slicer.TestFile(path)
        self.methods = {method.title: method for method in self.file.methods()}

    def text(self, title):
        return self.file.slice(self.methods[title], "made")["made"]

    def test_methods_are_counted_in_the_tree(self):
        self.assertEqual(sorted(self.methods), ["Base.test_base", "Base.test_other",
                                                "ListTest.test_pickled", "ListTest.test_used"])

    def test_a_slice_has_what_the_method_needs_and_no_more(self):
        text = self.text("ListTest.test_used")
        ast.parse(text)
        for part in ("LIMIT = 3", "def used", "class Base", "kind = list"):
            self.assertIn(part, text)
        for part in ("def unused", "import sys", "pickle", "math", "test_base", "__main__"):
            self.assertNotIn(part, text)

    def test_a_mixin_runs_in_the_class_that_unittest_would_take(self):
        text = self.text("Base.test_base")
        self.assertIn("run_slice([ListTest], 'test_base')", text)
        self.assertIn("def empty", text)
        self.assertIn("from math import tau\n", self.text("Base.test_other"))

    def test_what_is_left_out(self):
        self.assertEqual(slicer.reason_to_leave_out([self.text("ListTest.test_pickled")]),
                         "needs pickle")
        self.assertEqual(slicer.reason_to_leave_out([self.text("ListTest.test_used")]), "")

    def test_examples(self):
        first, second = doctests.examples(self.file)
        self.assertEqual(second.sources, ("x = used()\n", "x\n"))
        self.assertTrue(second.satisfied_by("3\n"))
        self.assertFalse(second.satisfied_by("4\n"))
        self.assertIn("def used", doctests.slice_example(self.file, first, "made")["made"])


if __name__ == "__main__":
    unittest.main()
