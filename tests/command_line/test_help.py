"""--help, bad usage, JSON, and what only a terminal is shown."""

import os
import pty
import re
import subprocess

from program import ENVIRONMENT, CommandTest

COMMANDS = (["run"], ["verify"], ["disasm"], ["bench", "stress"])
STRESS = ["bench", "stress", "--iterations=1"]


class Help(CommandTest):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                text = self.succeed(*command, "--help").stdout
                self.assertIn(f"Usage: tagproof {' '.join(command)}", text)
                self.assertIn("Examples:", text)
                self.assertIn("Exit status:", text)
                self.assertNotIn("{", text)
                self.assertEqual(self.succeed(*command, "-h").stdout, text)

    def test_every_option_says_what_it_does(self):
        for command in COMMANDS:
            for line in re.findall(r"^  (--?\S.*)$", self.succeed(*command, "--help").stdout,
                                   re.MULTILINE):
                with self.subTest(command=command, line=line):
                    self.assertRegex(line, r"^--?\S+( CODE)?  +\S")

    def test_the_examples_are_right(self):
        """Each example is accepted, as far as the command line goes."""
        self.write("script.py", "def f(x): return x\nf(1)\n")
        for command in COMMANDS[:3]:
            text = self.succeed(*command, "--help").stdout
            for line in re.findall(rf"^  tagproof ({command[0]} .*)$", text, re.MULTILINE):
                line = re.sub(r"   .*", "", line)
                if "--raw" in line or "package.module" in line:
                    continue
                with self.subTest(line=line):
                    done = subprocess.run(f"'{self.tagproof}' {line}", shell=True, cwd=self.folder,
                                          env=ENVIRONMENT, capture_output=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_whole(self):
        text = self.succeed("--help").stdout
        for command in COMMANDS:
            self.assertRegex(text, rf"(?m)^  {command[0]} ")
        self.assertRegex(self.succeed("--version").stdout, r"^tagproof \d+\.\d+\.\d+\n$")

    def test_bad_usage(self):
        for arguments in ([], ["juggle"], ["run"], ["run", "--jti=off", "a.py"], ["bench"],
                          ["bench", "stress", "--iterations=0"], ["disasm", "--json=1", "a.py"],
                          ["run", "--heap-base=1", "-c", "1"]):
            with self.subTest(arguments=arguments):
                done = self.tagproof_run(*arguments)
                self.assertEqual(done.status, 2)
                self.assertEqual(done.stdout, "")
                self.assertTrue(done.stderr.startswith("tagproof"))


    def test_bad_usage_behind_the_program_names_the_help_of_the_command(self):
        for arguments in (["a.py", "--json=1"], ["a.py", "--html="], ["a.py", "--jit=sometimes"],
                          ["-c"]):
            with self.subTest(arguments=arguments):
                done = self.tagproof_run("verify", *arguments)
                self.assertEqual(done.status, 2)
                self.assertRegex(done.stderr, r"^tagproof verify: .*\nSee tagproof verify --help\n$")
        done = self.tagproof_run("bench", "stress", "--json=1")
        self.assertIn("See tagproof bench stress --help", done.stderr)

    def test_an_empty_value_takes_no_other_word(self):
        script = self.write("a.py", "")
        for name, value in (("html", "FILE"), ("export", "FOLDER"), ("check-helpers", "FILE"),
                            ("raw", "FILE"), ("manifest", "FILE"), ("function", "NAME"),
                            ("jit", r"off\|auto\|always")):
            for words in ([f"--{name}="], [f"--{name}", ""]):
                with self.subTest(words=words):
                    for arguments in ([*words, "--json", script], [script, *words, "--json"]):
                        done = self.tagproof_run("verify", *arguments)
                        self.assertEqual((done.status, done.stdout), (2, ""))
                        self.assertRegex(done.stderr,
                                         rf"^tagproof verify: --{name} needs a value: {value}\n")
        self.assertEqual([path.name for path in self.folder.iterdir()], ["a.py"])

    def test_raw_refuses_what_needs_a_program(self):
        for option in ("--jit=off", "--jit-threshold=1", "--deopt-stress", "--cpu=baseline",
                       "--memory-limit=1g", "--heap-base=0x550000000000", "--check-heap=gc",
                       "--check-helpers=counts", "--strict", "--function=f", "--export=out"):
            with self.subTest(option=option):
                done = self.tagproof_run("verify", "--raw=code.bin", "--manifest=m.json", option)
                self.assertEqual(done.status, 2)
                self.assertRegex(done.stderr, rf"excludes {option.partition('=')[0]}\n"
                                              rf"|{option.partition('=')[0]} excludes --raw\n")


class Json(CommandTest):
    def test_disasm(self):
        script = self.write("script.py", "def f(x): return x\ndef g(): return locals()\n")
        for stage in ("bytecode", "hir", "asm"):
            report = self.succeed("disasm", "--json", f"--stage={stage}", script).json()
            self.assertEqual(report["stage"], stage)
            rows = {row["function"]: row for row in report["functions"]}
            self.assertEqual(rows["f"]["place"], f"{script}:1")
            self.assertIn("text", rows["f"])
            self.assertEqual("reason" in rows["g"], stage != "bytecode")
        empty = self.succeed("disasm", "--json", "-c", "x = 1").json()
        self.assertEqual(empty["functions"], [])

    def test_stress(self):
        report = self.succeed(*STRESS, "--json", "--no-python3").json()
        self.assertTrue(report["ok"])
        self.assertEqual(report["rejected"], [])
        self.assertGreater(sum(report["proof"]["rules"].values()), 100)
        self.assertLess(report["proof"]["verify_ns"], report["proof"]["compile_ns"])
        self.assertEqual(report["heap_findings"], [])

    def test_names_that_are_no_text(self):
        path = os.fsencode(self.folder) + b"/\xff.py"
        with open(path, "wb") as file:
            file.write(b"def f(): return 1\nf()\n")
        for command in (["verify", "--json"], ["disasm", "--json"]):
            report = self.succeed(*command, os.fsdecode(path)).json()
            self.assertEqual(report["functions"][0]["function"], "f")


class Terminal(CommandTest):
    def test_progress_is_shown_on_a_terminal_only(self):
        self.assertEqual(self.succeed(*STRESS, "--no-python3").stderr, "")
        ours, theirs = pty.openpty()
        with subprocess.Popen([str(self.tagproof), *STRESS, "--no-python3"], env=ENVIRONMENT,
                              stdout=subprocess.PIPE, stderr=theirs) as process:
            os.close(theirs)
            shown = os.read(ours, 1000)
            process.stdout.read()
        os.close(ours)
        self.assertIn(b"%", shown)

    def test_no_colour(self):
        for command in COMMANDS:
            self.assertNotIn("\x1b", self.succeed(*command, "--help").stdout)
