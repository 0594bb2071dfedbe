# A list that is cleared, shrunk and replaced by what is called during its iteration and sort.
# status: 0
# stdout: ^survived$
class Evil:
    def __init__(self, items): self.items = items
    def __eq__(self, other):
        self.items.clear()
        return False
    def __lt__(self, other):
        self.items.clear()
        return True
    def __index__(self):
        self.items.clear()
        return 0
    def __repr__(self):
        self.items.clear()
        return "evil"


for act in (lambda x: x.index(5), lambda x: x.remove(5), lambda x: x.sort(), lambda x: x.count(5),
            lambda x: x == [1, 2, 3, 4], lambda x: x.insert(x[-1], 1), lambda x: repr(x),
            lambda x: x.pop(x[-1]), lambda x: x.__setitem__(x[-1], 1), lambda x: x[x[-1]:],
            lambda x: 7 in x, lambda x: max(x), lambda x: x.__delitem__(x[-1])):
    for _ in range(10):
        items = [1, 2, 3]
        items.insert(0, Evil(items))
        items.append(Evil(items))
        try:
            act(items)
        except (ValueError, IndexError, TypeError):
            pass
print("survived")
