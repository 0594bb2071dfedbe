# __index__, __int__, __float__ in subscripts, range and conversions.
class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n


class Number:
    def __int__(self): return 7
    def __float__(self): return 2.5


items = list(range(10, 20))
for i in range(6):
    print(items[Index(i)], items[Index(i):Index(i + 2)], list(range(Index(i))))
print(int(Index(3)), int(Number()), float(Number()), float(Index(4)), hex(Index(255)),
      "ab" * Index(2))
for call in (lambda: items[Number()], lambda: items[1.0], lambda: items["a"],
             lambda: items[Index("x")],
             lambda: [].pop(1.5), lambda: range(Number()), lambda: "a" * 2.0,
             lambda: items[Index(99)]):
    try:
        call()
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
