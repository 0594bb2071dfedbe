"""--cpu: SSE2 alone, or AVX where the CPU has it."""

import re
import subprocess
from pathlib import Path

from program import ROOT, CommandTest

# A CPU of 2008, which has SSE4.2 and no AVX.
OLD_CPU = ["qemu-x86_64", "-cpu", "Nehalem"]
CONFORMANCE = ROOT / "tests" / "conformance"
SCRIPTS = ["attributes/dict_access_hot", "core/float_arithmetic", "core/float_tagged_boundary",
           "core/int_of_float_hot", "with/nested_blocks", "with/suppression"]

DOUBLES = """
class V:
    def __init__(self, x, y):
        self.x = x
        self.y = y
def step(v, n):
    total = 0.0
    for i in range(n):
        v.x = (v.x * 1.5 - v.y) / 2.25
        v.y = -v.y * 0.5 + i
        if v.x > v.y or v.x != v.x:
            total = total + v.x
        total = total + int(v.y * 3.0)
    return total
v = V(0.5, 1.5)
for i in range(20):
    print(step(v, 100))
"""


def has_avx():
    return re.search(r"^flags.* avx\b", Path("/proc/cpuinfo").read_text(), re.MULTILINE) is not None


class Cpu(CommandTest):
    def mnemonics(self, *options, script):
        """Those of all code that the script gets compiled to, in every mode."""
        found = set()
        for mode in (["--jit=always"], ["--jit=always", "--deopt-stress"], ["--jit-threshold=3"]):
            done = self.succeed("verify", "--explain", "--strict", *mode, *options, script)
            found |= set(re.findall(r"^ +[0-9a-f]+ {4}(\w+)", done.stdout, re.MULTILINE))
        return found

    def test_baseline_has_no_vex_instruction(self):
        script = self.write("script.py", DOUBLES)
        mnemonics = self.mnemonics("--cpu=baseline", script=script)
        self.assertLess({"mulsd", "ucomisd", "cvttsd2si"}, mnemonics)
        self.assertEqual([name for name in mnemonics if name.startswith("v")], [])

    def test_native_uses_avx_where_it_is(self):
        script = self.write("script.py", DOUBLES)
        for options in ([], ["--cpu=native"]):
            mnemonics = self.mnemonics(*options, script=script)
            self.assertEqual("vmulsd" in mnemonics, has_avx())
            self.assertEqual("mulsd" in mnemonics, not has_avx())

    def test_both_compute_the_same(self):
        script = self.write("script.py", DOUBLES)
        expected = self.succeed("run", "--jit=off", script).stdout
        for cpu in ("native", "baseline"):
            done = self.succeed("run", "--jit=always", "--strict", f"--cpu={cpu}", script)
            self.assertEqual(done.stdout, expected)

    def test_unknown_cpu_is_refused(self):
        done = self.tagproof_run("run", "--cpu=abacus", "-c", "print(1)")
        self.assertEqual(done.status, 2)
        self.assertIn("baseline", done.stderr)


def is_sanitized(program):
    return b"__asan_init" in program.read_bytes()


class OldCpu(CommandTest):
    """On an emulated CPU without AVX, where a VEX prefix is an illegal instruction."""

    def run_there(self, script, *options):
        # The emulator keeps its own memory where AddressSanitizer wants its shadow.
        wrapper = [] if is_sanitized(self.tagproof) else OLD_CPU
        return self.tagproof_run("run", "--jit=always", "--strict", *options, script,
                                 wrapper=wrapper)

    def test_the_emulated_cpu_has_no_avx(self):
        levels = subprocess.run([*OLD_CPU, "/lib64/ld-linux-x86-64.so.2", "--help"],
                                capture_output=True, check=True).stdout.decode()
        self.assertIn("x86-64-v2 (supported", levels)
        self.assertNotIn("x86-64-v3 (supported", levels)

    def test_conformance(self):
        for name in SCRIPTS:
            with self.subTest(script=name):
                script = CONFORMANCE / f"{name}.py"
                expected = script.with_suffix(".expect").read_text().partition("stdout:\n")[2]
                done = self.run_there(str(script))
                self.assertEqual(done.stdout, expected)
                self.assertEqual(done.status, 0, done.stderr)

    def test_doubles(self):
        script = self.write("script.py", DOUBLES)
        expected = self.succeed("run", "--jit=off", script).stdout
        for options in ([], ["--cpu=native"], ["--deopt-stress"]):
            done = self.run_there(script, *options)
            self.assertEqual(done.stdout, expected, done.stderr)
