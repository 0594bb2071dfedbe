# __getitem__, __setitem__, __delitem__, __len__, __contains__, __iter__, __reversed__.
class Grid:
    def __init__(self):
        self.cells = {}
    def __getitem__(self, key):
        return repr(key) if isinstance(key, slice) else self.cells.get(key, str(key))
    def __setitem__(self, key, value): self.cells[key] = value
    def __delitem__(self, key): del self.cells[key]
    def __len__(self): return len(self.cells)
    def __contains__(self, key): return key in self.cells
    def __iter__(self): return iter(sorted(self.cells, key=str))


g = Grid()
for i in range(6):
    g[i, i] = i
    g[i] = i / 2
print(g[1, 1], g[3], g["none"], g[1:2], g[::3], len(g), (1, 1) in g, 9 in g, bool(g))
del g[0]
print(list(g), bool(Grid()))


class Sequence:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10
    def __len__(self): return 3


s = Sequence()
print(list(s), 20 in s, 5 in s, list(reversed(s)), tuple(s), max(s))
for call in (lambda: len(5), lambda: g.x[0], lambda: object()[0], lambda: iter(object())):
    try:
        call()
    except (TypeError, AttributeError) as error:
        print(error)
