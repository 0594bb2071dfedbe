"""verify and its --explain: what was proven of each function, and the states it was proven with;
disasm shows the same code.
"""

import re
from html.parser import HTMLParser

from program import CommandTest

PROGRAM = """
import jit
class Point:
    def __init__(self, x):
        self.x = x
def move(p, dx):
    p.x = p.x + dx
    for i in range(3):
        p.x = p.x * 2
    return p.x
def rows(n):
    return sorted(locals())
def idle():
    pass
jit.force_compile(move)
print(move(Point(1), 2))
print(*rows(3))
"""
# Offset, instruction, name of an address in it, state.
EXPLAINED = re.compile(r"^ *([0-9a-f]+) {4}(\S.*?)(?: = (\S.*?))? +; (.*)$", re.MULTILINE)
DISASSEMBLED = re.compile(r"^ *([0-9a-f]+) {4}(?:[0-9a-f]{2} )+ +(\S.*?)(?: = (\S.*?))?$",
                          re.MULTILINE)


def code_of(pattern, text, function):
    """(offset, instruction, name) of each line of a function's listing; addresses, which another
    process has elsewhere, as ADDRESS."""
    listing = re.search(rf"^{function}: \d+ bytes\n(.*?)(?=^\S+: |\Z)", text,
                        re.MULTILINE | re.DOTALL).group(1)
    return [(match.group(1), re.sub(r"0x[0-9A-F]{7,}", "ADDRESS", match.group(2)), match.group(3))
            for match in pattern.finditer(listing)]


class HTMLCheck(HTMLParser):
    """What is wrong with the nesting of a page."""

    ENDED = {"html", "body", "main", "nav", "section", "details", "summary", "table", "div", "a",
             "span", "button", "style", "script", "h1", "h2", "header", "footer"}

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    @classmethod
    def of(cls, page):
        check = cls()
        check.feed(page)
        check.close()
        return check.wrong + [f"<{tag}> is not closed" for tag in check.open]

    def handle_starttag(self, tag, attrs):
        if tag in self.ENDED:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.ENDED:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes nothing")


class Explain(CommandTest):
    def setUp(self):
        super().setUp()
        self.script = self.write("script.py", PROGRAM)
        self.options = ["--jit-threshold=1000000"]  # only what the program forces

    def test_verify_names_what_it_proved(self):
        done = self.succeed("verify", self.script)
        self.assertRegex(done.stdout, r"(?m)^move: proven, \d+ instructions, \d+ bytes")
        self.assertRegex(done.stdout, r"(?m)^Point.__init__: proven")
        self.assertRegex(done.stdout, r"(?m)^ +\d+ writes: ")
        self.assertIn(f"rows ({self.script}:11): left interpreted: looks at", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^\d+ proven, 0 rejected, 1 left interpreted$")
        self.assertEqual(done.stderr, "24\nn\n")  # the program's own output

    def test_code_that_was_given_up_is_reported_too(self):
        script = self.write("changes.py", """
class A:
    def get(self): return 1
def f(a): return a.get()
for i in range(20): f(A())
A.get = lambda self: 2
for i in range(20): f(A())
""")
        done = self.succeed("verify", "--jit=auto", "--jit-threshold=5", script)
        proven = int(re.search(r"(\d+) proven", done.stdout).group(1))
        self.assertEqual(len(re.findall(r"^f: proven", done.stdout, re.MULTILINE)), 2)
        self.assertEqual(len(re.findall(r"^\S+.*: proven,", done.stdout, re.MULTILINE)), proven)

    def test_every_instruction_has_a_state(self):
        done = self.succeed("verify", "--explain", "--jit=auto", *self.options, self.script)
        count = int(re.search(r"move: proven, (\d+) instructions", done.stdout).group(1))
        lines = EXPLAINED.findall(done.stdout)
        self.assertEqual(len(lines), count)
        for offset, instruction, _, state in lines:
            self.assertIn("rsp=STK", state, f"{offset} {instruction}")
        self.assertIn("rdi=THREAD+0", lines[0][3])
        self.assertIn("rsi=VALUE#1", lines[0][3])

    def test_source_lines_and_hir_stand_above_their_code(self):
        done = self.succeed("verify", "--explain", "--jit=auto", *self.options, self.script)
        lines = {int(line) for line in re.findall(r"^ +; line (\d+): \S", done.stdout,
                                                  re.MULTILINE)}
        self.assertEqual(lines, {7, 8, 9, 10})

    def test_the_source_text_of_each_line_is_shown_once(self):
        done = self.succeed("verify", "--explain", "--function=move", "--html=page.html",
                            self.script)
        page = (self.folder / "page.html").read_text(encoding="utf-8")
        for line, text in ((7, "p.x = p.x + dx"), (9, "p.x = p.x * 2"), (10, "return p.x")):
            self.assertRegex(done.stdout, rf"(?m)^ +; line {line} \| {re.escape(text)}$")
            self.assertIn(f"line {line} | {text}", page)
        self.assertLess(done.stdout.count("line 7 |"), done.stdout.count("line 7: "))
        code = self.succeed("verify", "--explain", "-c", PROGRAM).stdout
        self.assertIn("; line 7 | p.x = p.x + dx\n", code)
        gone = self.succeed("verify", "--explain", "-", stdin=PROGRAM).stdout
        self.assertIn("; line 7: ", gone)
        self.assertNotIn("; line 7 |", gone)

    def test_disasm_agrees(self):
        for options in ([], ["--cpu=baseline"], ["--deopt-stress"]):
            with self.subTest(options=options):
                explained = self.succeed("verify", "--explain", "--jit=auto", *self.options,
                                         *options, self.script)
                shown = self.succeed("disasm", "--function=move", *options, self.script)
                expected = code_of(EXPLAINED, explained.stdout, "move")
                self.assertGreater(len(expected), 50)
                self.assertEqual(
                    code_of(DISASSEMBLED, shown.stdout, "move"),
                    [(offset, text, name if name and not name.startswith("type ") else None)
                     for offset, text, name in expected])

    def test_json(self):
        for explain in ([], ["--explain"]):
            report = self.succeed("verify", "--json", *explain, self.script).json()
            self.assertEqual(report["rejected"], 0)
            self.assertEqual(report["proven"], len(report["functions"]))
            move = next(row for row in report["functions"] if row["function"] == "move")
            self.assertTrue(move["proven"])
            self.assertEqual(move["place"], f"{self.script}:6")
            self.assertEqual("code" in move, bool(explain))
            if explain:
                self.assertEqual(len(move["code"]), move["instructions"])
                self.assertEqual(move["code"][0]["state"]["rdi"], "THREAD+0")
                self.assertTrue(any("source" in line for line in move["code"]))
            self.assertEqual([row["function"] for row in report["not_compiled"]], ["rows"])

    def test_each_write_has_its_proof(self):
        report = self.succeed("verify", "--json", self.script).json()
        totals = {}
        for function in report["functions"]:
            counted = {}
            for proof in function["proofs"]:
                counted[proof["class"]] = counted.get(proof["class"], 0) + 1
                totals[proof["class"]] = totals.get(proof["class"], 0) + 1
                for key in ("base", "region", "row", "word"):
                    self.assertTrue(proof[key], (key, proof))
                self.assertLess(proof["begin"], proof["end"])
            self.assertEqual(counted, {k: n for k, n in function["writes"].items() if n})
        self.assertEqual(totals, {k: n for k, n in report["totals"]["writes"].items() if n})
        self.assertGreater(sum(report["totals"]["rules"].values()), 100)
        time = report["totals"]["time"]
        self.assertGreater(min(time["decode_ns"], time["infer_ns"], time["check_ns"]), 0)
        self.assertLess(report["totals"]["verify_ns"], report["totals"]["compile_ns"])
        self.assertGreater(report["totals"]["share_of_compile"], 0)

    def test_text_has_proofs_assumptions_and_totals(self):
        text = self.succeed("verify", self.script).stdout
        self.assertRegex(text, r"(?m)^    \+0 +push rbx +stack: own frame \[-8, 0\); ")
        self.assertRegex(text, r"(?m)^    helpers +address 0x[0-9a-f]+, name opStoreAttr, args ")
        self.assertRegex(text, r"(?m)^    head +refcount 0, refcount_width 4, type 8, slot 24")
        self.assertRegex(text, r"(?m)^memory writes proven: \d+$")
        self.assertRegex(text, r"(?m)^rules used: \d+ of \d+ rows$")
        self.assertRegex(text, r"(?m)^time: .* ns an instruction; .* % of compiling$")

    def test_one_function_only(self):
        report = self.succeed("verify", "--json", "--function=move", self.script).json()
        self.assertEqual({row["function"].split(" ")[0] for row in report["functions"]}, {"move"})
        self.assertEqual((report["function"], report["not_compiled"]), ("move", []))
        self.assertNotIn("compile_ns", report["totals"])  # of the whole program
        text = self.succeed("verify", "--function=move", self.script).stdout
        self.assertRegex(text, r"(?m)^\d+ proven, 0 rejected, 0 left interpreted$")
        self.assertRegex(text, r"(?m)^time: .* ns an instruction$")
        done = self.tagproof_run("verify", "--function=rows", self.script)
        self.assertEqual((done.status, done.stdout), (2, ""))
        self.assertIn(f"function rows was verified: left interpreted: looks at its own frame "
                      f"(locals, globals, eval, ...) ({self.script}:11)\n", done.stderr)
        done = self.tagproof_run("verify", "--function=missing", self.script)
        self.assertEqual(done.status, 2)
        self.assertIn("no code of a function missing", done.stderr)
        done = self.tagproof_run("verify", "--function=missing", "-c", "raise ValueError")
        self.assertEqual(done.status, 2)
        self.assertIn("no code of a function missing", done.stderr)
        self.assertIn("the program ended with status 1", done.stderr)

    def test_a_generator_is_shown_with_its_body(self):
        done = self.succeed("verify", "--json", "--function=g", "-c",
                            "def g(): yield 1\nlist(g())\ndef h(): pass\nh()")
        self.assertEqual({row["function"] for row in done.json()["functions"]},
                         {"g", "g (resumed at line 1)"})

    def test_page(self):
        """One page that names nothing outside of itself, with all that the JSON has."""
        done = self.succeed("verify", "--json", "--html=page.html", self.script)
        page = (self.folder / "page.html").read_text(encoding="utf-8")
        for tag in HTMLCheck.of(page):
            self.fail(tag)
        self.assertNotRegex(page, r"""(?i)(src|href)=["']?(https?:|//|[^"'#>\s]+\.(js|css|png))""")
        report = done.json()
        for function in report["functions"]:
            self.assertIn(f"<h2>{function['function']}</h2>", page)
        self.assertEqual(len(re.findall(r"<tr id=f\d+-", page)),
                         report["totals"]["instructions"])
        self.assertEqual(len(re.findall(r"<span class=pf>", page)),
                         sum(report["totals"]["writes"].values()))
        self.assertIn("line 7: ", page)

    def test_page_escapes_what_the_program_names(self):
        script = self.write("a<b>&.py", "def f(): return 1\nf()\n")
        self.succeed("verify", "--html=page.html", script)
        page = (self.folder / "page.html").read_text(encoding="utf-8")
        self.assertIn("a&lt;b&gt;&amp;.py", page)
        self.assertNotIn("a<b>", page)

    def test_status_of_a_program_that_fails(self):
        done = self.tagproof_run("verify", "-c", "def f(): return 1\nf()\nraise ValueError")
        self.assertEqual(done.status, 2)
        self.assertIn("f: proven", done.stdout)
        self.assertIn("ValueError", done.stderr)
        for status in (1, 2, 70, 71, 72, 120):
            done = self.tagproof_run("verify", "-c", f"import sys; sys.exit({status})")
            self.assertEqual(done.status, 2)
            self.assertIn(f"the program ended with status {status}\n", done.stderr)

    def test_json_and_page_have_the_status_of_the_program(self):
        for code, status in (("def f(): return 1\nf()", 0), ("import sys; sys.exit(7)", 7),
                             ("x = = 1", 1)):
            with self.subTest(code=code):
                done = self.tagproof_run("verify", "--json", "--html=page.html", "-c", code)
                self.assertEqual(done.json()["program_status"], status)
                page = (self.folder / "page.html").read_text(encoding="utf-8")
                for tag in HTMLCheck.of(page):
                    self.fail(tag)
                self.assertIn(f"<b>{status}</b>the program's exit status", page)
                self.assertEqual(f"it ended with status {status}." in page, status != 0)

    def test_nothing_compiled_is_noted(self):
        note = "tagproof verify: nothing was compiled, so nothing is proven: "
        for arguments, reason in ((["--jit=off", self.script], "--jit=off"),
                                  (["--jit=auto", "-c", "1"], "no code got hot"),
                                  (["-c", "1"], "the program called no function"),
                                  (["-c", "def f(): return locals()\nf()"], "all that was tried")):
            done = self.succeed("verify", *arguments)
            self.assertIn(note + reason, done.stderr)
            self.assertIn("\n0 proven", "\n" + done.stdout)
        self.assertNotIn(note, self.succeed("verify", self.script).stderr)

    def test_too_little_memory_to_start(self):
        for command in ("run", "verify"):
            done = self.tagproof_run(command, "--memory-limit=1", self.script)
            self.assertEqual((done.status, done.stdout), (2, ""))
            self.assertRegex(done.stderr, r"--memory-limit: 1 bytes are too few .* 16m")
        self.succeed("verify", "--memory-limit=16m", self.script)

    def test_disasm_stages(self):
        for options in ([], ["--warm=move(Point(1), 1)"], ["--warm", "move(Point(1), 1)"]):
            hir = self.succeed("disasm", "--stage=hir", "--function=move", *options, self.script)
            self.assertIn("fun move", hir.stdout)
            self.assertNotIn("fun idle", hir.stdout)
        built = self.succeed("disasm", "--stage=hir", "--after=build", self.script)
        self.assertIn("fun idle", built.stdout)
        bytecode = self.succeed("disasm", "--stage=bytecode", "--function=rows", self.script)
        self.assertIn("sorted", bytecode.stdout)
