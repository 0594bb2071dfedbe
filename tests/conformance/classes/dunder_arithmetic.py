# Arithmetic dunders, reflected and in place, NotImplemented.
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + o.x) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return V(o + self.x)
    def __sub__(self, o): return "sub"
    def __rsub__(self, o): return "rsub"
    def __mul__(self, o): return V(self.x * o)
    def __imul__(self, o):
        self.x *= o
        return self
    def __truediv__(self, o): return "div"
    def __floordiv__(self, o): return "floor"
    def __mod__(self, o): return "mod"
    def __pow__(self, o, m=None): return "pow %s %s" % (o, m)
    def __matmul__(self, o): return "matmul"
    def __lshift__(self, o): return "lsh"
    def __and__(self, o): return "and"
    def __ror__(self, o): return "ror"
    def __neg__(self): return V(-self.x)
    def __invert__(self): return "inv"
    def __abs__(self): return abs(self.x)
    def __divmod__(self, o): return "dm"
    def __repr__(self): return "V(%r)" % self.x


v = V(2)
for i in range(6):
    print(v + V(i), i + v, v * i, -v, v - 1, 1 - v)
print(v / 1, v // 1, v % 1, v ** 2, pow(v, 2, 5), v @ 1, v << 1, v & 1, 1 | v, ~v, abs(v),
      divmod(v, 1))
w = v
v *= 5
print(v, w is v)
for call in (lambda: v + 1, lambda: v | 1, lambda: 1 & v, lambda: 1 / v):
    try:
        call()
    except TypeError as error:
        print(error)
