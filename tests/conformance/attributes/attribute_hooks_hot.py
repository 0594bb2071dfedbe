# __getattr__, __getattribute__ and __setattr__ in hot code, while hooks and attributes come and go
class Fallback:
    def __getattr__(self, name):
        if name == "bad":
            raise ValueError(name)
        return "fallback " + name


class Finder:
    def __init__(self):
        object.__setattr__(self, "y", 1)

    def __getattribute__(self, name):
        return name, object.__getattribute__(self, "y")


class Storer:
    def __setattr__(self, name, value):
        if value == "bad":
            raise ValueError(name)
        object.__setattr__(self, name, [value])


def load(o):
    return o.x


def store(o, value):
    o.x = value


def caught(action, *args):
    try:
        return action(*args)
    except ValueError as error:
        return "ValueError", str(error)


def bad(o):
    return o.bad


fallback, finder, storer = Fallback(), Finder(), Storer()
for k in range(70):
    if k == 10:
        fallback.x = "own"
        Finder.__getattr__ = lambda self, name: "never"
    if k == 15:
        del fallback.x
        del Finder.__getattr__
    if k == 20:
        Fallback.x = "class"
        object.__setattr__(storer, "x", "before")
    if k == 25:
        del Fallback.x
        Storer.__setattr__, hook = object.__setattr__, Storer.__setattr__
    if k == 30:
        Storer.__setattr__ = hook
        Fallback.__getattr__, other = (lambda self, name: "replaced"), Fallback.__getattr__
    if k == 35:
        Fallback.__getattribute__ = lambda self, name: "all"
    if k == 40:
        del Fallback.__getattribute__
        Fallback.__getattr__ = other
        fallback.__dict__["x"] = "in the dict"
    if k == 45:
        del fallback.x
    if k == 50:
        Finder.__getattribute__ = lambda self, name, more=5: (name, more)
    if k == 55:
        del Finder.__getattribute__
        Finder.x = 1
    if k == 60 and not hasattr(Storer, "x"):
        Storer.x = property(lambda self: "property", lambda self, value: None)
    store(storer, k)
    row = load(fallback), load(finder), vars(storer), caught(store, storer, "bad")
    if k % 5 == 0:
        print(k, row, caught(bad, fallback))
