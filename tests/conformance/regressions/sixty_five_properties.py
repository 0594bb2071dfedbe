# A class with 64, 65 and 130 properties, methods and slots, all of them used: the numbers of members
# at which tables grow and displacements get longer (microsoft/hermes-windows pull request 363,
# pyston/pyston issue 304: an offset that did not fit).
def make_class(count):
    names = ["m%d" % k for k in range(count)]
    body = {"__slots__": tuple(names + ["__dict__"])}
    slotted = type("Slotted", (), body)
    body = {name: property(lambda self, k=k: self.base + k, lambda self, value, k=k: self.note(k, value))
            for k, name in enumerate(names)}
    body["note"] = lambda self, k, value: setattr(self, "base", value - k)
    return slotted, type("Computed", (), body), names


def copy(source, target, name):
    setattr(target, name, getattr(source, name))
    return getattr(target, name)


def ends(o):
    return o.m0, o.m31, o.m63


for count in (64, 65, 130):
    Slotted, Computed, names = make_class(count)
    slotted, computed = Slotted(), Computed()
    computed.base = 1000
    for i in range(3):
        print(count, sum(copy(computed, slotted, name) for name in names), ends(slotted), ends(computed))
        computed.m63 = i
        slotted.m31 = i
        print(computed.base, ends(slotted), getattr(slotted, names[-1]), slotted.__dict__)
