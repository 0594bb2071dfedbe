"""--check-heap: at exit, at collections, every N allocations. What it finds in a heap that is damaged
is tested in tools/tagproof/guest_test.cc: no program can damage one from inside.
"""

from program import CommandTest

PROGRAM = """
import gc
class Node:
    def __init__(self, value, rest):
        self.value = value
        self.rest = rest
def build(n):
    node = None
    for i in range(n):
        node = Node(i, node)
        if i % 50 == 0:
            gc.collect()
    return node
class Closing:
    def __enter__(self):
        return build(3)
    def __exit__(self, *rest):
        self.closed = True
node = build(200)
total = 0
while node is not None:
    with Closing():
        total += node.value
        node = node.rest
print(total, len(sorted({i % 7: Node(i, None) for i in range(99)}, key=lambda k: [-k])))
"""


class HeapCheck(CommandTest):
    def test_sound_programs_pass_in_every_mode(self):
        script = self.write("script.py", PROGRAM)
        for when in ("exit", "gc", "1", "13"):
            for mode in (["--jit=off"], ["--jit=always"], ["--jit=always", "--deopt-stress"]):
                with self.subTest(when=when, mode=mode):
                    done = self.succeed("run", f"--check-heap={when}", *mode, script)
                    self.assertEqual(done.stdout, "19900 7\n")
                    self.assertEqual(done.stderr, "")

    def test_status_of_the_program_stays(self):
        done = self.tagproof_run("run", "--check-heap=5", "-c", "raise SystemExit(3)")
        self.assertEqual(done.status, 3)

    def test_refused_values(self):
        for when in ("0", "-1", "1k", "", "never", "9" * 30):
            with self.subTest(when=when):
                done = self.tagproof_run("run", f"--check-heap={when}", "-c", "print(1)")
                self.assertEqual(done.status, 2)
                self.assertEqual(done.stdout, "")
                self.assertIn("exit", done.stderr)

    def test_help_names_the_status(self):
        self.assertIn("71", self.succeed("run", "--help").stdout)
