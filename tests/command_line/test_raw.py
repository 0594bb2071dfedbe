"""verify --raw: machine code of any origin against a manifest."""

import json
import re

from program import ROOT, CommandTest

RETURNS_NULL = "31 c0 c3"                       # xor eax, eax; ret
CLEARS_LSB = "80 66 18 fe  # the slot's lowest bit\n31 c0 c3"
NEVER_REACHED = "31 c0 c3 06"
GUARDED_FAULT = "40 f6 c6 07 75 07  80 66 18 fe 31 c0 c3  31 c0 c3"  # test sil, 7; jnz
CALLS_HELPER = "50 48 b8 00 00 01 00 00 00 00 00 ff d0 59 c3"  # push; mov rax, 0x10000; call; pop
MANIFEST = {"trusted": {"arg_count": 1, "helpers": [
    {"address": "0x10000", "name": "theHelper", "args": ["thread", "value"],
     "result": "value-or-null"}]}}

EXPORTED = """
class Point:
    __slots__ = ("x",)
    def __init__(self, x):
        self.x = x
class Open:
    def __init__(self):
        self.items = [1, 2.5, "three"]
def sum_of(items):
    total = 0
    for item in items:
        total += item
    return total
for i in range(5):
    sum_of([Point(i).x, 2.5 * i])
    try:
        Open().items[9]
    except IndexError:
        pass
[(lambda y: y)(n) for n in range(3)]
"""


class Raw(CommandTest):
    def verify(self, code, *options, manifest=MANIFEST):
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        return self.tagproof_run("verify", "--hex", "--raw", self.write("code.hex", code),
                                 "--manifest", self.write("manifest.json", text), *options)

    def test_statuses(self):
        for code, status, word in ((RETURNS_NULL, 0, "proven"), (CALLS_HELPER, 0, "proven"),
                                   (CLEARS_LSB, 1, "REJECTED"), ("c3 c", 2, ""), ("0f", 1, "")):
            with self.subTest(code=code):
                done = self.verify(code)
                self.assertEqual(done.status, status, done.stderr)
                self.assertIn(word, done.stdout)

    def test_bytes(self):
        (self.folder / "code.bin").write_bytes(bytes.fromhex(RETURNS_NULL))
        done = self.succeed("verify", "--raw", "code.bin", "--manifest",
                            self.write("m.json", json.dumps(MANIFEST)))
        self.assertRegex(done.stdout, r"^code\.bin: proven, 2 instructions, 3 bytes")

    def test_standard_input(self):
        manifest = self.write("m.json", json.dumps(MANIFEST))
        done = self.succeed("verify", "--hex", "--raw", "-", "--manifest", manifest,
                            stdin=RETURNS_NULL)
        self.assertRegex(done.stdout, r"^<stdin>: proven, 2 instructions, 3 bytes")
        done = self.tagproof_run("verify", "--raw=-", "--manifest=-", stdin="{}")
        self.assertEqual(done.status, 2)
        self.assertIn("cannot both be standard input", done.stderr)

    def test_what_is_no_hexadecimal_text_has_a_place(self):
        for code, place, text in (("31 c0 c3 zz", "line 1, column 10", "'zz'"),
                                  ("31 c0 # zz\n\n  c3c", "line 3, column 5", "'c'"),
                                  ("0x31", "line 1, column 1", "'0x'"),
                                  ("31 \x1b[", "line 1, column 4", r"'\\x1b\['")):
            with self.subTest(code=code):
                done = self.verify(code)
                self.assertEqual((done.status, done.stdout), (2, ""))
                self.assertRegex(done.stderr, rf"code\.hex: {place}: .*{text} is no pair of digits")

    def test_text_has_rules_and_time(self):
        text = self.verify(CALLS_HELPER).stdout
        report = self.verify(CALLS_HELPER, "--json").json()
        self.assertRegex(text, rf"(?m)^rules used: {len(report['rules'])} of \d+ rows$")
        self.assertRegex(text, r"(?m)^time: .* ns an instruction$")

    def test_names_reach_a_terminal_printable(self):
        def named(name):
            helper = MANIFEST["trusted"]["helpers"][0] | {"name": name}
            return {"trusted": MANIFEST["trusted"] | {
                "helpers": [helper],
                "types": [{"address": "0x5000", "name": name}],
                "constants": [{"address": "0x6000", "type": 0}]}}
        loads = "b8 00 60 00 00  50 48 b8 00 00 01 00 00 00 00 00 ff d0 59 31 c0 c3"
        for options in ([], ["--explain"]):
            text = self.verify(loads, *options, manifest=named("a\x1b[31m\nx: proven\0")).stdout
            self.assertIn(r"a\x1b[31m\x0ax: proven\x00", text)
            self.assertNotIn("\x1b", text)
        text = self.verify(loads, "--explain", manifest=named("\u20ac" * 300)).stdout
        self.assertIn("= " + "\u20ac" * 84 + "...  ;", text)
        self.assertNotIn("\\x", text)

    def test_rejection_shows_place_bytes_rule_and_state(self):
        done = self.verify(CLEARS_LSB)
        self.assertRegex(done.stdout, r"\+0x0  80 66 18 fe  and byte ptr \[rsi\+0x18\]")
        self.assertRegex(done.stdout, r"rule +\S+: \S")
        self.assertRegex(done.stdout, r"state +.*rsi=VALUE#1")

    def test_explain(self):
        done = self.verify(CALLS_HELPER, "--explain")
        self.assertEqual(done.status, 0)
        self.assertRegex(done.stdout, r"(?m)^ +1    mov rax, 0x10000 = theHelper +; .*rdi=THREAD")
        done = self.verify(CLEARS_LSB, "--explain")
        self.assertEqual(done.status, 1)
        self.assertIn("rule:", done.stdout)

    def test_json(self):
        for code, proven in ((RETURNS_NULL, True), (CLEARS_LSB, False)):
            for options in ([], ["--explain"]):
                report = self.verify(code, "--json", *options).json()
                self.assertEqual(report["proven"], proven)
                self.assertEqual(bool(report["violations"]), not proven)
                self.assertEqual("code" in report, bool(options))

    def test_json_of_a_rejection_has_the_path(self):
        report = self.verify(GUARDED_FAULT, "--json").json()
        violation, = report["violations"]
        self.assertEqual((violation["rule"], violation["offset"]), ("slot-store", 6))
        self.assertEqual(violation["path"], [{"offset": 4, "instruction": "jnz 0xD",
                                              "taken": False}])
        self.assertEqual(report["violation_count"], 1)
        taken = self.verify("40 f6 c6 07 75 01 c3 " + CLEARS_LSB, "--json").json()
        self.assertEqual([step["taken"] for step in taken["violations"][-1]["path"]], [True])

    def test_text_of_a_rejection_has_the_path(self):
        self.assertRegex(self.verify(GUARDED_FAULT).stdout, r"path +entry; \+0x4 jnz goes on")

    def test_a_violation_in_code_that_is_never_reached(self):
        for options in ([], ["--explain"]):
            text = self.verify(NEVER_REACHED, "--html=page.html", *options).stdout
            self.assertRegex(text, r"(?m)^ +path:? +no path: never reached$")
            self.assertNotRegex(text, r"(?m)^ +state:? ")
        page = (self.folder / "page.html").read_text(encoding="utf-8")
        self.assertIn('<tr id=f0-3 class="rej dead">', page)
        self.assertIn("<dd class=mono>no path: never reached", page)
        self.assertNotIn("show the path</button>", page)
        violation, = self.verify(NEVER_REACHED, "--json").json()["violations"]
        self.assertEqual((violation["reached"], violation["path"]), (False, []))
        self.assertNotIn("state", violation)
        violation, = self.verify("31 c0 06", "--json").json()["violations"]
        self.assertEqual((violation["reached"], violation["path"]), (True, []))
        self.assertIn("rax=INT0", violation["state"])

    def test_proofs_of_writes(self):
        done = self.verify(CALLS_HELPER)
        self.assertRegex(done.stdout, r"\+0 +push rax +stack: own frame \[-8, 0\); ")
        self.assertRegex(done.stdout, r"helpers +address 0x10000, name theHelper")
        report = self.verify(CALLS_HELPER, "--json").json()
        self.assertEqual([(row["offset"], row["class"]) for row in report["proofs"]],
                         [(0, "stack")])
        self.assertEqual(report["writes"]["stack"], 1)
        self.assertEqual(sum(report["rules"].values()), report["instructions"])
        self.assertGreater(report["time"]["ns_per_instruction"], 0)

    def test_page(self):
        for code, status in ((CALLS_HELPER, 0), (GUARDED_FAULT, 1)):
            done = self.verify(code, "--html=page.html")
            self.assertEqual(done.status, status, done.stderr)
            self.assertIn("</html>", (self.folder / "page.html").read_text())

    def test_hints_are_checked(self):
        jump = "eb 00 31 c0 c3"  # jmp to the next instruction
        for stack_words, proven in ((0, True), (1, False)):
            manifest = MANIFEST | {"hints": {"labels": [
                {"offset": 2, "stack_words": stack_words, "entries": [
                    {"location": register, "kind": "saved", "aux": register}
                    for register in (3, 5, 12, 13, 14, 15)]}]}}
            report = self.verify(jump, "--json", manifest=manifest).json()
            self.assertEqual(report["proven"], proven, report["violations"])

    def test_bad_manifests(self):
        for manifest in ("", "[]", "{", '{"trusted": {"no_such_key": 1}}'):
            with self.subTest(manifest=manifest):
                done = self.verify(RETURNS_NULL, manifest=manifest)
                self.assertEqual(done.status, 2)
                self.assertIn("manifest.json", done.stderr)
        done = self.verify(RETURNS_NULL, manifest='{"trusted": {"\u009b31m": 1}}')
        self.assertIn(r'unknown key "\xc2\x9b31m"', done.stderr)

    def test_what_is_exported_has_the_same_verdict(self):
        script = self.write("script.py", EXPORTED)
        exported = self.succeed("verify", "--json", "--export=out", script).json()["functions"]
        self.assertGreater(len(exported), 3)
        codes = sorted((self.folder / "out").glob("*.bin"))
        self.assertEqual(len(codes), len(exported))
        again = [self.succeed("verify", "--json", "--raw", str(code), "--manifest",
                              str(code.with_suffix(".json"))).json() for code in codes]
        def essence(row):
            return (row["address"], row["proven"], row["instructions"], row["writes"], row["rules"],
                    row["proofs"])
        self.assertEqual(sorted(map(str, map(essence, again))),
                         sorted(map(str, map(essence, exported))))
        faulty = bytearray(codes[0].read_bytes())
        faulty[0] = 0x06  # no instruction
        codes[0].write_bytes(faulty)
        done = self.tagproof_run("verify", "--raw", str(codes[0]), "--manifest",
                                 str(codes[0].with_suffix(".json")))
        self.assertEqual(done.status, 1)

    def test_the_example_of_the_format_is_right(self):
        text = (ROOT / "tools/tagproof/manifest.md").read_text(encoding="utf-8")
        examples = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
        self.assertGreater(len(examples), 0)
        loop = re.search(r"`loop\.hex`:\n\n((?: {4}.*\n)+)", text).group(1)
        for example in examples:
            done = self.verify(loop if "hints" in json.loads(example) else RETURNS_NULL,
                               manifest=example)
            self.assertEqual(done.status, 0, done.stdout + done.stderr)
