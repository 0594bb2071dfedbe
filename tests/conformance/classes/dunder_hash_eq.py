# Instances as dict keys and set members: __hash__ and __eq__.
class Key:
    calls = 0

    def __init__(self, n): self.n = n
    def __hash__(self):
        Key.calls += 1
        return self.n % 3
    def __eq__(self, other): return isinstance(other, Key) and self.n == other.n
    def __repr__(self): return "K%d" % self.n


table = {}
for i in range(8):
    table[Key(i)] = i
    table[Key(i % 4)] = -i
print(table, Key(5) in table, Key(9) in table, table[Key(2)], len(table))
print({Key(1), Key(1), Key(4)} == {Key(4), Key(1)}, Key(1) == 1, Key.calls > 0)


class BadHash:
    def __hash__(self): return "x"


class Child(Key):
    pass


class Unhashable(Key):
    def __eq__(self, other): return True


print(hash(Child(4)), Unhashable.__hash__)
for key in (BadHash(), [], {}, set(), Unhashable(1), ([],)):
    try:
        {key: 1}
    except TypeError as error:
        print(error)
