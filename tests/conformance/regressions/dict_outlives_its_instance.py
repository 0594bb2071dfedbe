# The dict that took over the values of an instance must keep them when the instance dies, also when
# they run code while they die. CPython left it with freed memory (python/cpython issues 124547,
# 130555).
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Holder:
    pass


class Deleter:
    def __del__(self):
        kept.pop("holder", None)


def make(i):
    h = Holder()
    h.a = Loud(i)
    h.b = i
    return h.__dict__ if i % 2 else vars(h)


for i in range(6):
    d = make(i)
    print(sorted(d), d["b"], d["a"].name)
    d["c"] = d.pop("a")
    del d

kept = {}
for i in range(6):
    kept["holder"] = Holder()
    kept["holder"].first = Deleter()
    kept["holder"].second = Loud(("second", i))
    names = kept["holder"].__dict__
    names.clear()
    print(names, kept)
