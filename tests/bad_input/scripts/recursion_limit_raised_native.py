# The limit raised, with recursion through native code: repr, compare, getattr.
# status: 0
# options: --memory-limit=256M
# stdout: ^survived 3$
# python3: no
import sys

sys.setrecursionlimit(2 ** 31 - 1)


class Loop:
    def __repr__(self): return repr([self])
    def __eq__(self, other): return [self] == [other]
    def __getattr__(self, name): return getattr(self, name)


survived = 0
for call in (lambda x: repr(x), lambda x: x == Loop(), lambda x: x.missing):
    try:
        call(Loop())
    except (RecursionError, MemoryError):
        survived += 1
print("survived", survived)
