# A recursion limit set far beyond what memory allows.
# status: 1
# options: --memory-limit=256M
# stderr: ^(RecursionError|MemoryError)
# python3: no
import sys

sys.setrecursionlimit(2 ** 31 - 1)


def f(n):
    return f(n + 1) + 1


f(0)
