# A script written for another JIT, with that JIT's module names and its paths.
import sys

sys.path.insert(0, "Tools")
sys.path.insert(0, __file__.rpartition("/")[0] + "/Tools" if "/" in __file__ else "Tools")

try:
    import _cinderx
    import cinderjit
except ImportError:
    _cinderx = cinderjit = None

from benchmark_x import f

before = f(500)
if cinderjit is not None:
    cinderjit.force_compile(f)
    assert cinderjit.is_jit_compiled(f) in (True, False)
after = f(500)
print(before, after, before == after)
for n in (0, 1, 10, 1000):
    print(n, f(n))
