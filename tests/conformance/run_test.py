#!/usr/bin/python3
"""The conformance runner: blesses from python3, and sees each kind of difference."""
import contextlib
import io
import stat
import tempfile
import unittest
from pathlib import Path

import run

# Stands for tagproof: lets python3 run the script, but for what its mode is told to get wrong.
FAKE = """#!/bin/sh
for script; do :; done
case "$* $(head -n 1 "$script")" in
*jit=off*) ;;
*"# wrong output"*) echo wrong ;;
*"# wrong status"*) exit 9 ;;
esac
exec /usr/bin/python3 "$script"
"""


class ConformanceTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.addCleanup(setattr, run, "HERE", run.HERE)
        run.HERE = Path(directory.name)
        (run.HERE / "core").mkdir()
        self.tagproof = run.HERE / "tagproof"
        self.tagproof.write_text(FAKE)
        self.tagproof.chmod(self.tagproof.stat().st_mode | stat.S_IXUSR)

    def conformance(self, *arguments):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = run.main(["--tagproof", str(self.tagproof), *arguments])
        return status, output.getvalue()

    def script(self, text):
        (run.HERE / "core/case.py").write_text(text)
        self.assertEqual(self.conformance("--bless")[0], 0)

    def test_expectation_has_status_exception_and_output(self):
        self.script("print('out')\nraise ValueError('bad')\n")
        self.assertEqual((run.HERE / "core/case.expect").read_text(),
                         "status: 1\nstderr: ValueError: bad\nstdout:\nout\n")

    def test_equal_behaviour_passes_in_all_modes(self):
        self.script("print({'a'})\n")
        status, output = self.conformance()
        self.assertEqual(status, 0)
        self.assertEqual(output.count("1 /   1"), 2 * len(run.MODES))

    def test_wrong_output_fails_in_its_mode_only(self):
        self.script("# wrong output\nprint(1)\n")
        self.assertEqual(self.conformance("--mode", "off")[0], 0)
        status, output = self.conformance("--mode", "always")
        self.assertEqual(status, 1)
        self.assertIn("FAILED core/case.py [always]", output)
        self.assertIn("    +wrong\n", output)

    def test_wrong_status_fails(self):
        self.script("# wrong status\nprint(1)\n")
        self.assertEqual(self.conformance("--mode", "auto")[0], 1)

    def test_a_script_without_expectation_fails(self):
        (run.HERE / "core/new.py").write_text("pass\n")
        self.assertEqual(self.conformance()[0], 1)

    def test_a_script_that_does_not_end_fails(self):
        self.script("pass\n")
        (run.HERE / "core/case.py").write_text("while True: pass\n")
        status, output = self.conformance("--mode", "off", "--timeout", "1")
        self.assertEqual(status, 1)
        self.assertIn("no end after", output)


if __name__ == "__main__":
    unittest.main()
