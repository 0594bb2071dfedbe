# Attributes in dicts of the instances' own: caches remember where a name was, and it moves
class C:
    pass


class Text(str):
    pass


def load(o):
    return o.x


def store(o, value):
    o.x = value


def fresh():
    o = C()
    o.__dict__ = {"a": 1, "x": 2, "b": 3}
    return o


o = fresh()
for k in range(60):
    if k == 10:
        del o.x
    if k == 15:
        o.__dict__.clear()
    if k == 20:
        o.__dict__ = {"x": "alone"}
        print(load(o))
    if k == 25:
        o.__dict__ = {Text("x"): "subclass"}
        print(load(o))
    if k == 30:
        for j in range(20):
            setattr(o, "n%d" % j, j)
    if k == 35:
        o = fresh()
        o.__dict__.pop("a")
    if k == 40:
        C.x = property(lambda self: "property")
        print(load(o))
        try:
            store(o, 1)
        except AttributeError:
            print("no setter", o.__dict__)
        del C.x
    if k == 45:
        del o.x
        C.x = "class"
        print(load(o))
    if k == 50:
        o = C()
    store(o, k)
    if load(o) != k or vars(o)["x"] != k:
        print("lost", k)
    if k % 5 == 0:
        print(k, list(vars(o).items())[:3], len(vars(o)), [type(name).__name__ for name in vars(o)][:1])


class Loud:
    def __del__(self):
        print("released, x is", load(o), list(vars(o)))


store(o, Loud())
store(o, "after")
