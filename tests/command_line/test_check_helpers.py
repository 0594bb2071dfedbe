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
        done = self.tagproof_run("run", "--check-helpers=/nowhere/counts", "-c", "print(1)")
        self.assertEqual((done.status, done.stdout), (72, "1\n"))
        self.assertIn("/nowhere/counts", done.stderr)

    def test_help_names_the_status(self):
        self.assertIn("72", self.succeed("run", "--help").stdout)
