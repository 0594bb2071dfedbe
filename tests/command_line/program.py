"""The program under test, and what it did when it was run."""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"PYTHONHASHSEED": "0"}


@dataclass
class Done:
    """A run that has ended."""

    status: int
    stdout: str
    stderr: str

    def json(self):
        return json.loads(self.stdout)

    def counts(self):
        """{label: number} of the lines of --stats, labels without indentation."""
        rows = re.findall(r"^ +(\S.*?) +(\d+)$", self.stderr.partition("statistics\n")[2],
                          re.MULTILINE)
        return {label: int(number) for label, number in rows}


class CommandTest(unittest.TestCase):
    """A test with a folder of its own, in which the program runs."""

    tagproof = None  # set by run.py

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def tagproof_run(self, *arguments, wrapper=(), stdin="", folder=None, timeout=300):
        """Runs `tagproof arguments...`, or `wrapper... tagproof arguments...`."""
        command = [*wrapper, str(self.tagproof), *arguments]
        done = subprocess.run(command, input=stdin.encode(), capture_output=True,
                              cwd=folder or self.folder, env=ENVIRONMENT, timeout=timeout,
                              check=False)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextlib.contextmanager
    def started(self, *arguments):
        """The process of a program that prints ready and waits; ended with the block."""
        with subprocess.Popen([str(self.tagproof), *arguments], cwd=self.folder, env=ENVIRONMENT,
                              stdout=subprocess.PIPE) as process:
            try:
                while process.stdout.readline() not in (b"ready\n", b""):
                    pass
                yield process
            finally:
                process.kill()

    def succeed(self, *arguments, **options):
        done = self.tagproof_run(*arguments, **options)
        self.assertEqual(done.status, 0, done.stderr)
        return done
