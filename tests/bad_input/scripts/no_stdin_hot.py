# There is no standard input, and the code that uses it is compiled: nothing may reach its pages.
# status: 0 1 120
# action: no-stdin


def f(n):
    return n + 1


for i in range(3000):
    f(i)
import sys
try:
    sys.stdin.read(100)
except Exception:
    pass
assert [f(i) for i in range(3000)] == list(range(1, 3001))
