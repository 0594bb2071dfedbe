"""verify --raw: machine code of any origin against a manifest."""

import json

from program import CommandTest

RETURNS_NULL = "31 c0 c3"                       # xor eax, eax; ret
CLEARS_LSB = "80 66 18 fe  # the slot's lowest bit\n31 c0 c3"
CALLS_HELPER = "50 48 b8 00 00 01 00 00 00 00 00 ff d0 59 c3"  # push; mov rax, 0x10000; call; pop
MANIFEST = {"trusted": {"arg_count": 1, "helpers": [
    {"address": "0x10000", "name": "theHelper", "args": ["thread", "value"],
     "result": "value-or-null"}]}}


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
                self.assertEqual("listing" in report, bool(options))

    def test_bad_manifests(self):
        for manifest in ("", "[]", "{", '{"trusted": {"no_such_key": 1}}'):
            with self.subTest(manifest=manifest):
                done = self.verify(RETURNS_NULL, manifest=manifest)
                self.assertEqual(done.status, 2)
                self.assertIn("manifest.json", done.stderr)
