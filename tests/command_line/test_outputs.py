"""What verify writes: pages and folders, and what is left of them when something cannot be written."""

import os
import resource
import signal
import stat
import subprocess

from program import ENVIRONMENT, CommandTest

PROGRAM = """
def first(n):
    return n + 1
def second(n):
    return n + 2
first(1)
second(2)
"""
PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
REPORT = r"(?m)^2 proven, 0 rejected, 0 left interpreted$"


class Outputs(CommandTest):
    def setUp(self):
        super().setUp()
        self.script = self.write("script.py", PROGRAM)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_a_page_that_cannot_be_written_hinders_no_report(self):
        done = self.tagproof_run("verify", self.script, "--html=/dev/full")
        self.assertEqual(done.status, 2)
        self.assertRegex(done.stdout, REPORT)
        self.assertEqual(done.stderr, "tagproof verify: cannot write /dev/full: No space left on "
                                      "device\n")

    def test_an_export_that_cannot_be_written_hinders_no_other(self):
        (self.folder / "out" / "first.bin").mkdir(parents=True)
        done = self.tagproof_run("verify", self.script, "--export=out", "--html=page.html")
        self.assertEqual(done.status, 2)
        self.assertRegex(done.stdout, REPORT)
        self.assertEqual(done.stderr, "tagproof verify: cannot write out/first.bin: Is a directory\n")
        self.assertEqual(sorted(path.name for path in (self.folder / "out").iterdir()),
                         ["first.bin", "second.bin", "second.json"])
        self.assertIn("page.html", self.files())

    def test_a_failed_write_leaves_the_page_as_it_was(self):
        page = self.write("page.html", "the page before")
        script = self.write("waits.py", PROGRAM + "print('ready', flush=True)\ninput()\n")
        with subprocess.Popen([str(self.tagproof), "verify", script, "--html=page.html"],
                              cwd=self.folder, env=ENVIRONMENT, **PIPES,
                              preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                              ) as process:
            self.assertEqual(process.stderr.readline(), b"ready\n")
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (2048, 2048))
            stdout, stderr = process.communicate(b"\n")
        self.assertEqual(process.returncode, 2)
        self.assertRegex(stdout.decode(), REPORT)
        self.assertIn(b"cannot write page.html: File too large", stderr)
        with open(page, encoding="utf-8") as file:
            self.assertEqual(file.read(), "the page before")
        self.assertEqual(self.files(), ["page.html", "script.py", "waits.py"])

    def test_a_page_keeps_its_mode_and_its_links(self):
        os.chmod(self.write("page.html", "old"), 0o640)
        (self.folder / "link.html").symlink_to("page.html")
        self.succeed("verify", self.script, "--html=link.html")
        page = self.folder / "page.html"
        self.assertIn("<!doctype html>", page.read_text(encoding="utf-8"))
        self.assertEqual(stat.S_IMODE(page.stat().st_mode), 0o640)
        self.assertTrue((self.folder / "link.html").is_symlink())
        self.assertEqual(self.files(), ["link.html", "page.html", "script.py"])

    def test_a_page_on_standard_output(self):
        done = self.succeed("verify", self.script, "--html=/dev/stdout")
        self.assertRegex(done.stdout, REPORT)
        self.assertIn("<!doctype html>", done.stdout)
        script = f'"$0" verify {self.script} --html=/dev/stdout > both'
        self.succeed(wrapper=["bash", "-c", script])
        both = (self.folder / "both").read_text(encoding="utf-8")
        self.assertRegex(both, REPORT)
        self.assertIn("<!doctype html>", both)

    def test_a_program_that_cannot_be_read_leaves_nothing(self):
        done = self.tagproof_run("verify", "missing.py", "--html=page.html", "--export=out")
        self.assertEqual((done.status, done.stdout), (2, ""))
        self.assertIn("missing.py", done.stderr)
        self.assertEqual(self.files(), ["script.py"])

    def test_a_folder_with_a_main_program(self):
        (self.folder / "program").mkdir()
        self.write("program/__main__.py", PROGRAM)
        self.assertRegex(self.succeed("verify", "program").stdout, REPORT)
        (self.folder / "empty").mkdir()
        self.assertEqual(self.tagproof_run("verify", "empty").status, 2)

    def test_inputs_are_not_overwritten(self):
        self.write("code.hex", "31 c0 c3")
        self.write("m.json", '{"trusted": {}}')
        raw = ["--hex", "--raw=code.hex", "--manifest=m.json"]
        for name, arguments in (("script.py", [self.script]), ("code.hex", raw), ("m.json", raw)):
            with self.subTest(name):
                before = (self.folder / name).read_bytes()
                done = self.tagproof_run("verify", *arguments, f"--html=./{name}")
                self.assertEqual((done.status, done.stdout), (2, ""))
                self.assertRegex(done.stderr, rf"--html: \./{name} .*; name another file")
                self.assertEqual((self.folder / name).read_bytes(), before)
