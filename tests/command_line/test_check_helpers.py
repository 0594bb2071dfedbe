"""--check-helpers: what compiled code calls is counted, and does what the verifier believes. Helpers that
lie are in jit/helper_audit_test.cc: no program can make one from outside.
"""

import json
from pathlib import Path

from program import CommandTest

PROGRAM = """
def f(values):
    return [f'{value}' for value in values if value in (1, 2)]
for i in range(5):
    result = f([1, 2, 3])
print(result)
"""


class CheckHelpers(CommandTest):
    def test_calls_are_counted_in_a_line_a_run(self):
        script = self.write("script.py", PROGRAM)
        counts = self.folder / "counts"
        for mode in ("always", "off"):
            done = self.succeed("run", f"--jit={mode}", f"--check-helpers={counts}", script)
            self.assertEqual((done.stdout, done.stderr), ("['1', '2']\n", ""))
        compiled, interpreted = map(json.loads, Path(counts).read_text().splitlines())
        self.assertEqual(compiled.keys(), interpreted.keys())
        self.assertEqual(compiled["opContains"], 15)
        self.assertEqual(compiled["opFormatValue"], 10)
        self.assertEqual(set(interpreted.values()), {0})

    def test_a_file_that_cannot_be_written(self):
        """Is said before the program runs."""
        for command in ("run", "verify"):
            done = self.tagproof_run(command, "--check-helpers=/nowhere/counts", "-c", "print(1)")
            self.assertEqual((done.status, done.stdout, done.stderr),
                             (2, "", "tagproof: --check-helpers: cannot write /nowhere/counts: "
                                     "No such file or directory\n"))

    def test_a_file_of_something_else_stays_as_it_is(self):
        for name, text in (("script.py", PROGRAM), ("manifest.json", "{\n}\n"), ("cut", "{}\n{}")):
            file = self.write(name, text)
            for command in ("run", "verify"):
                done = self.tagproof_run(command, f"--check-helpers={file}", "-c", "print(1)")
                self.assertEqual((done.status, done.stdout, done.stderr),
                                 (2, "", f"tagproof: --check-helpers: {file} holds no lines of JSON; "
                                         "nothing is added to it, name another file\n"))
            self.assertEqual(Path(file).read_text(encoding="utf-8"), text)

    def test_an_empty_file_is_no_obstacle(self):
        counts = self.write("counts", "")
        self.succeed("run", f"--check-helpers={counts}", "-c", "print(1)")
        self.assertEqual(len(Path(counts).read_text(encoding="utf-8").splitlines()), 1)

    def test_counts_that_are_lost(self):
        done = self.tagproof_run("run", "--check-helpers=/dev/full", "-c", "print(1)")
        self.assertEqual((done.status, done.stdout), (2, "1\n"))
        self.assertIn("cannot write /dev/full: No space left on device", done.stderr)

    def test_help_names_the_status(self):
        for command in ("run", "verify"):
            self.assertIn("72", self.succeed(command, "--help").stdout)
