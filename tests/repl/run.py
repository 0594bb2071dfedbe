#!/usr/bin/env python3
"""Types the same sessions at python3 and at tagproof, on a pseudo-terminal, and compares."""

import argparse
import os
import signal
import sys
import tempfile
import unittest
from pathlib import Path

from sessions import CTRL_D, EDITED, SESSIONS, UP
from terminal import Step, Terminal, enter

PYTHON = "/usr/bin/python3"
# Without its line editor, and with it.
PLAIN_PYTHON = [PYTHON, "-q", "-i", "-c", "import sys; del sys.__interactivehook__, sys"]
EDITING_PYTHON = [PYTHON, "-q"]
MODES = ("auto", "always")
ARGUMENTS = None


def environment(home, **more):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")
            if name in os.environ}
    inputrc = Path(home) / "inputrc"
    inputrc.write_text("set enable-bracketed-paste off\nset bell-style none\n")
    return {**kept, "HOME": str(home), "INPUTRC": str(inputrc), "TERM": "dumb",
            "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", **more}


def play(command, steps, **more):
    """Outputs by step; status and whether the terminal is as it was come last."""
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(command, environment(home, **more), home)
        seen = [("start", terminal.start())]
        ended = False
        for step in steps:
            if isinstance(step, str):
                step = enter(step)
            try:
                seen.append((step.typed[:60], terminal.take(step)))
            except OSError:  # it has closed the terminal
                ended = True
            if ended or terminal.process.poll() is not None:
                break
        if not ended and terminal.process.poll() is None:
            seen.append(("end", terminal.take(Step(CTRL_D))))
        return seen, terminal.finish()


def tagproof(*options):
    return [ARGUMENTS.tagproof, "run", "-q", *options]


class Sessions(unittest.TestCase):
    maxDiff = None

    def compare(self, python, steps, options):
        expected, (expected_status, _) = play(python, steps)
        seen, (status, same_modes) = play(tagproof(*options), steps)
        for wanted, got in zip(expected, seen):
            self.assertEqual(wanted, got)
        self.assertEqual(len(expected), len(seen))
        self.assertEqual(status, expected_status)
        self.assertTrue(same_modes, "the terminal is left in another mode")


def add_session(name, python, steps, options):
    def test(self):
        self.compare(python, steps, options)
    setattr(Sessions, "test " + " ".join((name, *options)), test)


class Terminals(unittest.TestCase):
    """What python3 has no like of."""

    def session(self, home, **more):
        terminal = Terminal(tagproof(), environment(home, **more), home)
        terminal.start()
        return terminal

    def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            with tempfile.TemporaryDirectory() as home, self.subTest(number):
                terminal = self.session(home)
                os.write(terminal.master, b"unfinished")
                terminal._read(lambda text: text.endswith("unfinished"))
                terminal.signal(number)
                self.assertEqual(terminal.finish(), (-number, True))

    def test_history_outlives_the_session(self):
        with tempfile.TemporaryDirectory() as home:
            terminal = self.session(home)
            terminal.take(enter("print('remembered')"))
            terminal.take(Step(CTRL_D, until=""))
            self.assertEqual(terminal.finish(), (0, True))
            self.assertTrue((Path(home) / ".local/state/tagproof/history").exists())
            terminal = self.session(home)
            self.assertEqual(terminal.take(Step(UP + "\n")), "remembered\n>>> ")
            terminal.take(Step(CTRL_D, until=""))
            self.assertEqual(terminal.finish(), (0, True))

    def test_history_stands_where_the_environment_says(self):
        with tempfile.TemporaryDirectory() as home:
            terminal = self.session(home, XDG_STATE_HOME=home + "/state")
            terminal.take(enter("1"))
            terminal.take(Step(CTRL_D, until=""))
            self.assertEqual(terminal.finish(), (0, True))
            self.assertTrue((Path(home) / "state/tagproof/history").exists())

    def test_history_that_cannot_be_kept_is_no_error(self):
        with tempfile.TemporaryDirectory() as home:
            terminal = self.session(home, XDG_STATE_HOME="/proc/none")
            self.assertEqual(terminal.take(enter("1")), "1\n>>> ")
            self.assertEqual(terminal.take(Step(CTRL_D, until="")).strip(), "")
            self.assertEqual(terminal.finish(), (0, True))

    def test_a_session_after_a_program(self):
        with tempfile.TemporaryDirectory() as home:
            script = Path(home) / "script.py"
            script.write_text("x = 3\nprint('program')\nimport sys\nsys.exit(4)\n")
            terminal = Terminal(tagproof("-i", str(script)), environment(home), home)
            self.assertIn("program\nTraceback", terminal.start())
            self.assertEqual(terminal.take(enter("x")), "3\n>>> ")
            terminal.take(Step(CTRL_D, until=""))
            self.assertEqual(terminal.finish(), (0, True))

    def test_first_line(self):
        with tempfile.TemporaryDirectory() as home:
            terminal = Terminal([ARGUMENTS.tagproof], environment(home), home)
            self.assertRegex(terminal.start(), r"^tagproof \d.*\n>>> $")
            terminal.take(Step(CTRL_D, until=""))
            self.assertEqual(terminal.finish(), (0, True))


def main():
    global ARGUMENTS
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tagproof", required=True, metavar="PROGRAM")
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="only sessions named so")
    ARGUMENTS = parser.parse_args()
    ARGUMENTS.tagproof = os.path.abspath(ARGUMENTS.tagproof)
    for mode in MODES:
        for name, steps in SESSIONS.items():
            add_session(name, PLAIN_PYTHON, steps, (f"--jit={mode}", "--check-heap=exit"))
    for name, steps in EDITED.items():
        add_session(name, EDITING_PYTHON, steps, ("--check-heap=exit",))
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{pattern}*" for pattern in ARGUMENTS.patterns] or None
    suite = loader.loadTestsFromModule(sys.modules[__name__])
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    return 0 if result.wasSuccessful() and result.testsRun else 1


if __name__ == "__main__":
    sys.exit(main())
