#!/usr/bin/python3
"""The tables of programs.py and interpreter.py: what is wrong is named, bad usage is explained."""
import contextlib
import io
import json
import stat
import tempfile
import unittest
from pathlib import Path

import beside_python
import interpreter
import programs

STATISTICS = """something that the program said
statistics
  units compiled and proven                      7
  rejected                                       2
  left interpreted                               3
    Bank.customer (loop at line 3) (/a (b)/bank.py:349): generator
    Bank.customer (/a (b)/bank.py:349): generator
    <module> (loop at line 1) (/a (b)/bank.py:1): operation WITH: unsupported
"""


def program(**outputs):
    """A program that took 30, 20 and 10 ms and printed 7 where nothing else is said."""
    made = programs.Program("nbody")
    for engine, milliseconds in zip(programs.ENGINES, (30.0, 20.0, 10.0)):
        made.add(engine, milliseconds, outputs.get(engine, "done\nchecksum 7\n"))
    return made


class ProgramTest(unittest.TestCase):
    def test_a_ratio_says_how_many_times_as_fast_as_python3(self):
        self.assertEqual(program().ratio("compiled"), 3.0)

    def test_the_fastest_run_counts(self):
        made = program()
        made.add("compiled", 5.0, "done\nchecksum 7\n")
        made.add("compiled", 50.0, "done\nchecksum 7\n")
        self.assertEqual(made.ms("compiled"), 5.0)

    def test_the_checksum_is_the_last_word(self):
        self.assertEqual(program().checksum, "7")

    def test_faults(self):
        self.assertEqual(program().fault(), "")
        self.assertEqual(program(compiled="done\nchecksum 8\n").fault(),
                         "not what python3 prints: compiled")
        rejected = program()
        rejected.rejected = 2
        self.assertEqual(rejected.fault(), "the verifier rejected 2 units")

    def test_an_output_that_changes_fails(self):
        with self.assertRaisesRegex(beside_python.Failed, "nbody: compiled does not print the same twice"):
            program().add("compiled", 1.0, "else")

    def test_what_is_left_interpreted_once_a_function_and_no_module(self):
        self.assertEqual(programs.left_interpreted(STATISTICS), ({"Bank.customer": "generator"}, 2))

    def test_statistics_of_another_form(self):
        with self.assertRaisesRegex(beside_python.Failed, "does not say"):
            programs.left_interpreted("statistics\n")

    def test_the_list_of_interpreted_functions(self):
        made = program()
        self.assertEqual(programs.interpreted_functions([made]),
                         "functions that stay interpreted: none")
        made.interpreted = {"f": "generator"}
        self.assertEqual(programs.interpreted_functions([made]),
                         "functions that stay interpreted:\n  nbody: f: generator")


class CommandTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.tagproof = Path(directory.name) / "tagproof"

    def write_tagproof(self, text):
        """Stands for tagproof: a shell script."""
        self.tagproof.write_text(f"#!/bin/sh\n{text}\n")
        self.tagproof.chmod(self.tagproof.stat().st_mode | stat.S_IXUSR)

    def command(self, module, *words):
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            try:
                status = module.main(["--tagproof", str(self.tagproof), *words])
            except SystemExit as ended:
                status = ended.code
        return status, output.getvalue(), errors.getvalue()

    def test_bad_usage(self):
        self.write_tagproof("")
        for module, what in ((programs, "program"), (interpreter, "row")):
            for words, message in ((["--filter", "("], "--filter: missing )"),
                                   (["--filter", "nothing_like"], f"no {what} matches"),
                                   (["--repetitions", "0"], "--repetitions: at least 1")):
                status, _, errors = self.command(module, *words)
                self.assertEqual(status, 2)
                self.assertIn(message, errors)

    def test_a_missing_program_comes_with_a_remedy(self):
        for module in (programs, interpreter):
            status, _, errors = self.command(module)
            self.assertEqual(status, 2)
            self.assertIn("--target tagproof) or name it with --tagproof", errors)

    def test_a_program_that_fails_is_named(self):
        self.write_tagproof("echo no such thing >&2; exit 3")
        for module, name in ((programs, "attr_rw"), (interpreter, "empty_loop")):
            words = ["--filter", name, "--repetitions", "1"]
            status, _, errors = self.command(module, *words)
            self.assertEqual(status, 1)
            self.assertIn("ended with 3: no such thing", errors)

    def test_programs_as_json(self):
        self.write_tagproof(f"""
case $2 in
--stats) cat >&2 <<'END'
{STATISTICS}
END
shift;;
--jit=off) shift;;
esac
shift
exec {beside_python.PYTHON} -B "$@\"""")
        status, output, errors = self.command(programs, "--filter", "attr_rw", "--size", "10",
                                              "--repetitions", "1", "--json")
        self.assertEqual(status, 1)
        self.assertIn("attr_rw: the verifier rejected 2 units", errors)
        (made,) = json.loads(output)["programs"]
        self.assertEqual(made["left_interpreted"], {"Bank.customer": "generator"})
        self.assertGreater(made["python3"]["ms"], 0)

    def test_rows_of_another_checksum(self):
        self.write_tagproof('echo \'{"loop": {"ns": 2.0, "checksum": 5, "operations": 1}}\'')
        status, output, errors = self.command(interpreter, "--filter", "empty_loop",
                                              "--repetitions", "1", "--json")
        self.assertEqual(status, 1)
        self.assertIn("empty_loop/loop: checksums differ", errors)
        self.assertEqual(json.loads(output)["rows"][0]["interpreted"]["ns"], 2.0)


if __name__ == "__main__":
    unittest.main()
