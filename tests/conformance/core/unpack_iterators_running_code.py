# Items of unpacked iterators are safe while the iterator runs code of its own
class It:
    def __init__(self, n): self.n = n; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: raise StopIteration
        self.i += 1
        x, y = (self.i, -self.i), [self.i]
        z = {**{'a': 1}, 'b': self.i}
        p, q = x
        helper(1, 2, 3, 4, 5, 6, 7, 8, 9)
        return [p, q, *y]
def helper(a, b, c, d, e, f, g, h, i): return (a, b, c, d, e, f, g, h, i)
def f(n):
    a, b, c = It(3)
    d, *e = It(5)
    g = [*It(2), *It(3)]
    return a, b, c, d, e, g, helper(*It(9))
for k in range(50): r = f(k)
print(r)
