"""--stats, line by line, of programs whose counts are known by reading them."""

import json

from program import CommandTest

CALLS = """
class Point:
    def __init__(self, x):
        self.x = x
def make(n):
    for i in range(n):
        Point(i).x
def fail(n):
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError:
            pass
make(100)
fail(7)
"""

UNITS = """
def add(a, b):
    return a + b
def subtract(a, b):
    return a - b
def rows(n):
    for i in range(n):
        names = locals()
    return [names]
for i in range(20):
    add(i, 1)
    subtract(i, 1)
    list(rows(2))
"""

CHANGES = """
class A:
    def get(self):
        return 1
def f(a):
    return a.get()
a = A()
for i in range(20):
    f(a)
A.get = lambda self: 2
for i in range(20):
    f(a)
"""

GUARDS = """
def double(x):
    return x + x
for i in range(10):
    double(i)
for i in range(3):
    double("a")
"""

CYCLES = """
class Node:
    pass
def leak(n):
    for i in range(n):
        a = Node()
        a.b = Node()
        a.b.a = a
leak(100000)
"""

LOOP = """
def f():
    while True:
        global n
        n += 1
        if n % 500 == 0:
            return n
n = 0
for i in range(20):
    f()
"""


class Statistics(CommandTest):
    def counts(self, *options, source):
        return self.succeed("run", "--stats", *options, self.write("script.py", source)).counts()

    def test_interpreter(self):
        counts = self.counts("--jit=off", source=CALLS)
        self.assertEqual(counts["interpreted calls"], 102)  # make, fail, __init__ a hundred times
        self.assertEqual(counts["exceptions raised"], 7)
        # In make: range, Point, .x loaded, .x stored; in fail: range, ValueError twice, once to
        # raise and once to catch. The statements of the module: range, make, fail.
        self.assertEqual(counts["units compiled and proven"], 0)
        self.assertEqual(counts["compile ns"], 0)

    def test_cache_misses_do_not_grow_with_the_rounds(self):
        few = self.counts("--jit=off", source=CALLS)["cache misses"]
        many = self.counts("--jit=off", source=CALLS.replace("100", "5000"))["cache misses"]
        self.assertEqual(few, many)
        self.assertGreater(few, 0)

    def test_caches_answer_compiled_code_too(self):
        few = self.counts("--jit=always", source=CALLS)["cache misses"]
        many = self.counts("--jit=always", source=CALLS.replace("100", "5000"))["cache misses"]
        self.assertEqual(few, many)

    def test_units(self):
        counts = self.counts("--jit-threshold=10", source=UNITS)
        self.assertEqual(counts["units compiled and proven"], 2)  # add, subtract
        self.assertEqual(counts["of them loops"], 0)
        self.assertEqual(counts["of them recompilations"], 0)
        self.assertEqual(counts["rejected"], 0)
        self.assertEqual(counts["left interpreted"], 2)  # rows, and its loop
        self.assertEqual(counts["interpreted calls"], 9 + 9 + 20)
        self.assertEqual(counts["bytes of code"], counts["of them in use"])
        self.assertGreater(counts["compile ns"], counts["of it verify ns"])

    def test_json_has_the_proofs_of_the_run(self):
        script = self.write("script.py", UNITS)
        done = self.succeed("run", "--stats-json", "--jit-threshold=10", script)
        counts = json.loads(done.stderr)
        self.assertEqual(counts["units_proven"], 2)
        self.assertEqual(counts["left_interpreted"], 2)
        reason = "looks at its own frame (locals, globals, eval, ...)"
        self.assertEqual(counts["not_compiled"], [
            {"function": name, "place": f"{script}:6", "reason": reason}
            for name in ("rows (loop at line 7)", "rows")])
        proof = counts["proof"]
        self.assertEqual(sum(proof["rules"].values()), proof["instructions"])
        self.assertGreater(proof["writes"]["stack"], 0)
        steps = [proof["time"][f"{step}_ns"] for step in ("decode", "infer", "check")]
        self.assertGreater(min(steps), 0)
        self.assertLessEqual(sum(steps), proof["verify_ns"])
        self.assertAlmostEqual(proof["share_of_compile"], proof["verify_ns"] / proof["compile_ns"])

    def test_changed_class(self):
        counts = self.counts("--jit-threshold=10", source=CHANGES)
        self.assertEqual(counts["of them recompilations"], 1)  # f, for the new get
        self.assertEqual(counts["invalidated"], 1)
        self.assertGreater(counts["bytes of code"], counts["of them in use"])

    def test_nothing_is_interpreted_when_all_is_compiled_first(self):
        counts = self.counts("--jit=always", source=GUARDS)
        self.assertEqual(counts["interpreted calls"], 0)

    def test_collections(self):
        few = self.counts("--jit=off", source=CALLS)  # at the end, before and after __main__ is cleared
        self.assertEqual(few["collections"], 2)
        many = self.counts("--jit=always", source=CYCLES)
        self.assertGreater(many["collections"], 20)
        self.assertGreaterEqual(many["of them garbage"], 200000)
        self.assertGreater(many["containers examined"], many["of them garbage"])
        self.assertGreater(many["collection ns"], 0)
        self.assertLess(many["peak bytes"], 8 << 20)

    def test_deopts(self):
        counts = self.counts("--jit-threshold=5", source=GUARDS)
        self.assertEqual(counts["deopts"], 3)
        self.assertEqual(counts["not a fixnum"], 3)
        self.assertEqual(counts["interpreted calls"], 4)

    def test_loop_at_the_start_of_a_function_is_no_recompilation(self):
        counts = self.counts("--jit-threshold=10", source=LOOP)
        self.assertEqual(counts["units compiled and proven"], 2)
        self.assertEqual(counts["of them loops"], 1)
        self.assertEqual(counts["of them recompilations"], 0)

    def test_objects(self):
        program = "keep = [object() for i in range(1000)]\n"
        without = self.counts("--jit=off", source="")
        counts = self.counts("--jit=off", source=program)
        self.assertGreaterEqual(counts["objects allocated"] - without["objects allocated"], 1000)
        # __main__ has been emptied.
        self.assertLess(counts["objects alive"] - without["objects alive"], 50)
        self.assertGreater(counts["peak bytes"], without["peak bytes"])
