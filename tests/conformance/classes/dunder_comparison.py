# Rich comparison: each operator, defaults, reflected, __ne__ from __eq__, hash.
class Version:
    def __init__(self, n): self.n = n
    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Version) else NotImplemented
    def __le__(self, other): return "le"
    __hash__ = None


a, b, c = Version(1), Version(2), Version(1.0)
for _ in range(6):
    print(a == b, a == c, a != b, a < b, a > b, a <= b, b >= a, a == 1, a != 1)
print(sorted([b, a, c])[0] is a, max(a, b) is b, [a] == [c], a in [b, c])
for call in (lambda: a < 1, lambda: 1 > a, lambda: 1 < a, lambda: hash(a), lambda: {a: 1}):
    try:
        print(call())
    except TypeError as error:
        print(error)


class OnlyEq:
    def __eq__(self, other): return True


try:
    hash(OnlyEq())
except TypeError as error:
    print(error)
