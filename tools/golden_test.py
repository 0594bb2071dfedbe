#!/usr/bin/python3
"""The golden runner: reads directives, compares, blesses, and reports what failed."""
import contextlib
import io
import stat
import tempfile
import unittest
from pathlib import Path

import golden

# Stands for tagproof: prints its arguments and the input, and fails when the input says so.
FAKE = """#!/bin/sh
echo "$@"
for file in "$@"; do [ ! -f "$file" ] || cat "$file"; done
if grep -q fail case.py; then echo broken >&2; exit 3; fi
"""


class GoldenTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.folder = Path(self.directory.name)
        self.tagproof = self.folder / "tagproof"
        self.tagproof.write_text(FAKE)
        self.tagproof.chmod(self.tagproof.stat().st_mode | stat.S_IXUSR)

    def golden(self, text, *arguments):
        path = self.folder / "case.test"
        path.write_text(text)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = golden.main(["--tagproof", str(self.tagproof), "--folder", str(self.folder),
                                  *arguments])
        return status, output.getvalue(), path.read_text()

    def test_directives_become_the_command_and_leave_the_line_numbers(self):
        expected = "disasm case.py --stage=hir --after=simplify --warm=f(1)\n\n\ndef f(): pass\n"
        status, output, _ = self.golden(
            "# RUN: hir --after=simplify\n# WARM: f(1)\ndef f(): pass\n---- expect\n" + expected)
        self.assertEqual((status, output), (0, "1 golden tests: 1 ok, 0 blessed, 0 failed\n"))

    def test_a_difference_fails_and_is_shown(self):
        status, output, _ = self.golden("# RUN: asm\nx\n---- expect\nother\n")
        self.assertEqual(status, 1)
        self.assertIn("FAILED case.test", output)
        self.assertIn("    -other\n", output)

    def test_bless_keeps_the_input_and_rewrites_the_expectation(self):
        status, _, text = self.golden("# RUN: run --strict\nprint()\n", "--bless")
        self.assertEqual(status, 0)
        self.assertEqual(text, "# RUN: run --strict\nprint()\n---- expect\n"
                               "run --strict case.py\n\nprint()\n")
        self.assertEqual(self.golden(text)[0], 0)

    def test_a_failing_command_shows_status_and_standard_error(self):
        _, _, text = self.golden("# RUN: bytecode\nfail\n", "--bless")
        self.assertTrue(text.endswith("status: 3\nstderr: broken\n"))

    def test_a_file_without_a_run_line_fails(self):
        status, output, _ = self.golden("def f(): pass\n---- expect\n")
        self.assertEqual(status, 1)
        self.assertIn("# RUN:", output)


if __name__ == "__main__":
    unittest.main()
