# A name that no instance of a class has had is asked of __getattr__, and compiled code goes there at
# once. When an instance gets an attribute of that name after all, the attribute is what is found.
class Asks:
    def __getattr__(self, name):
        return "asked for " + name


class Below(Asks):
    pass


def read(o):
    return o.d


def store(o, name, value):
    setattr(o, name, value)


def run(kind, make):
    o, other = kind(), kind()
    for i in range(6):
        print(kind.__name__, i, read(o), read(other))
        if i % 2:
            make(o, i)
    del o.d
    print(read(o), list(o.__dict__))


def by_name(o, i):
    store(o, "d", i)


def by_dict(o, i):
    o.__dict__["d"] = i


def in_class(o, i):
    type(o).d = "of the class"
    o.d = i


for make in (by_name, by_dict, in_class):
    class Own(Asks):
        pass

    for kind in (Asks, Below, Own):
        run(kind, make)
    for kind in (Asks, Below, Own):
        if "d" in kind.__dict__:
            del kind.d
        print(read(kind()))
