# A hand-written record class with equality, ordering, repr and copying, used hot.
class Record:
    fields = ("x", "y", "tag")

    def __init__(self, x, y, tag=None):
        self.x, self.y, self.tag = x, y, tag

    def __repr__(self):
        return "Record(" + ", ".join("%s=%r" % (f, getattr(self, f)) for f in self.fields) + ")"

    def key(self): return self.x, self.y

    def __eq__(self, other): return self.key() == other.key()

    def __lt__(self, other): return self.key() < other.key()

    def replace(self, **changes):
        copy = Record(self.x, self.y, self.tag)
        for name in changes:
            setattr(copy, name, changes[name])
        return copy


records = [Record(i * 7 % 5, i, "t%d" % i) for i in range(8)]
print(sorted(records))
print(records[3].replace(y=0.5, tag="new"), records[3] == records[3].replace(tag=0), min(records))
