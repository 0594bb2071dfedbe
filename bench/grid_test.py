#!/usr/bin/python3
"""The grid's table: loops are subtracted, wrong rows are named, bad usage is explained."""
import contextlib
import io
import json
import stat
import tempfile
import unittest
from pathlib import Path

import beside_python
import grid

COUNTERS = {"compiled": 1, "rejected": 0, "deopts": 0, "interpreted": 0}


def sample(ns, operations=8, checksum=7, **counters):
    return {"ns": ns, "operations": operations, "checksum": checksum, **COUNTERS, **counters}


def row(name, baseline=None, operations=8, **samples):
    """A row with one sample an engine; samples by engine."""
    made = grid.Row(name, baseline=baseline)
    for engine in grid.ENGINES:
        made.add(engine, samples.get(engine, sample(10.0, operations)))
    return made


class RowTest(unittest.TestCase):
    def test_the_loop_is_spread_over_the_operations(self):
        loop = row("empty_loop/loop", operations=1,
                   **{engine: sample(16.0, 1) for engine in grid.ENGINES})
        self.assertEqual(row("inline/load", loop).ns("compiled"), 10.0 - 16.0 / 8)

    def test_a_ratio_says_how_many_times_as_fast_as_python3(self):
        self.assertEqual(row("inline/load", compiled=sample(2.0)).ratio("compiled"), 5.0)

    def test_what_is_too_fast_to_be_measured_counts_as_the_least_that_is(self):
        self.assertEqual(row("inline/load", compiled=sample(-1.0)).ratio("compiled"),
                         10.0 / grid.FLOOR_NS)

    def test_the_fastest_sample_counts(self):
        made = row("inline/load")
        made.add("compiled", sample(3.0))
        made.add("compiled", sample(9.0))
        self.assertEqual(made.ns("compiled"), 3.0)

    def test_faults(self):
        self.assertEqual(row("a/b").fault(), "")
        self.assertEqual(row("a/b", compiled=sample(1.0, checksum=8)).fault(),
                         "checksums differ: python3 7, interpreted 7, compiled 8")
        self.assertEqual(row("a/b", compiled=sample(1.0, compiled=0)).fault(), "not compiled")
        self.assertEqual(row("a/b", compiled=sample(1.0, rejected=2)).fault(),
                         "the verifier rejected 2 units")

    def test_a_checksum_that_changes_fails(self):
        with self.assertRaisesRegex(beside_python.Failed, "a/b: compiled computes 9 once, else 7"):
            row("a/b").add("compiled", sample(1.0, checksum=9))

    def test_what_went_to_the_interpreter_is_remarked(self):
        self.assertEqual(row("a/b", compiled=sample(1.0, deopts=3, interpreted=4)).remark(),
                         "3 exits taken, 4 interpreted calls")


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.bench = Path(self.directory.name) / "tagproof_bench"

    def write_bench(self, text):
        """Stands for tagproof_bench: prints the text."""
        self.bench.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
        self.bench.chmod(self.bench.stat().st_mode | stat.S_IXUSR)

    def grid(self, *words):
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            try:
                status = grid.main(["--bench", str(self.bench), *words])
            except SystemExit as ended:
                status = ended.code
        return status, output.getvalue(), errors.getvalue()

    def test_bad_usage(self):
        self.write_bench("")
        for words, message in ((["--filter", "("], "--filter: missing )"),
                               (["--filter", "nothing_like"], "no row matches 'nothing_like'"),
                               (["--repetitions", "0"], "--repetitions: at least 1")):
            status, _, errors = self.grid(*words)
            self.assertEqual(status, 2)
            self.assertIn(message, errors)

    def test_a_missing_program_comes_with_a_remedy(self):
        status, _, errors = self.grid()
        self.assertEqual(status, 2)
        self.assertIn("cmake --build --preset bench", errors)

    def test_a_program_without_rows(self):
        self.write_bench("")
        status, _, errors = self.grid("--filter", "empty_loop", "--repetitions", "1")
        self.assertEqual(status, 1)
        self.assertIn("has no rows grid/empty_loop/", errors)

    def test_a_row_that_cannot_run_is_named(self):
        result = {"name": "grid/empty_loop/loop/compiled", "error_occurred": True,
                  "error_message": "unsupported"}
        self.write_bench(json.dumps({"benchmarks": [result]}))
        status, _, errors = self.grid("--filter", "empty_loop", "--repetitions", "1")
        self.assertEqual(status, 1)
        self.assertIn("empty_loop/loop, compiled: unsupported", errors)

    def test_json_and_a_wrong_checksum(self):
        results = [{"name": f"grid/empty_loop/loop/{engine}", **sample(1.0, 1, checksum)}
                   for engine, checksum in (("interpreted", 0), ("compiled", 5))]
        self.write_bench(json.dumps({"benchmarks": results}))
        chart = Path(self.directory.name) / "grid.svg"
        status, output, errors = self.grid("--filter", "empty_loop", "--repetitions", "1", "--json",
                                           "--svg", str(chart))
        self.assertEqual(status, 1)
        self.assertIn("empty_loop/loop: checksums differ", errors)
        self.assertEqual(json.loads(output)["rows"][0]["compiled"]["ns"], 1.0)
        self.assertTrue(chart.read_text().startswith("<svg"))


if __name__ == "__main__":
    unittest.main()
