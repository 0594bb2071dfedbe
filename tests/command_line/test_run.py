"""`run` of modules, packages and directories, as python3 does it; Ctrl-C in native code."""

import signal
import subprocess
import time

from program import ENVIRONMENT, CommandTest

FILES = {
    "package/__init__.py": "print('package', __name__)\n",
    "package/__main__.py": "import sys\n"
                           "print('main', __name__, repr(__package__), len(sys.argv), sys.argv[1:])\n"
                           "print(sys.argv[0].split('/')[-2:], __file__.split('/')[-2:])\n",
    "package/part.py": "print('part', __name__, __package__)\n",
    "package/inner/__init__.py": "print('inner')\n",
    "package/failing/__init__.py": "raise ValueError('failing')\n",
    "directory/__main__.py": "import sys, helper\n"
                             "print('main', __name__, repr(__package__), sys.argv)\n"
                             "print(sys.path[0], __file__)\n",
    "directory/helper.py": "print('helper')\n",
    "empty/nothing.py": "",
}

# Native code that looks at no signal: CPython does not either.
ENDLESS = "import itertools\nprint('ready', flush=True)\nsum(itertools.count())\n"


class Run(CommandTest):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def compare(self, *arguments):
        done = self.tagproof_run("run", *arguments)
        python3 = subprocess.run(["/usr/bin/python3", "-B", *arguments], cwd=self.folder,
                                 env=ENVIRONMENT, capture_output=True, text=True, check=False)
        self.assertEqual((done.status, done.stdout), (python3.returncode, python3.stdout))
        if done.stderr.startswith("tagproof: "):
            self.assertEqual(done.stderr.partition(": ")[2], python3.stderr.partition(": ")[2])
        else:
            self.assertEqual(done.stderr.splitlines()[-1:], python3.stderr.splitlines()[-1:])

    def test_modules(self):
        for name in ("package", "package.part", "package.__main__", "package.inner",
                     "package.failing", "package.missing", "package.part.x", "missing"):
            with self.subTest(name):
                self.compare("-m", name, "one", "two")

    def test_directories(self):
        for name in ("directory", "empty", "package", "./directory/"):
            with self.subTest(name):
                self.compare(name, "one")

    def test_a_second_interrupt_ends_native_code(self):
        script = self.write("endless.py", ENDLESS)
        process = subprocess.Popen([self.tagproof, "run", script], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.send_signal(signal.SIGINT)
        time.sleep(1.5)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        stderr = process.communicate()[1]
        self.assertEqual(process.returncode, -signal.SIGINT)
        self.assertIn("interrupted twice in native code", stderr)
