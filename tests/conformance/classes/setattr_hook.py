# __setattr__ and __delattr__ intercept stores and deletions.
class Guarded:
    def __init__(self):
        object.__setattr__(self, "log", [])
        self.x = 1

    def __setattr__(self, name, value):
        self.log.append((name, value))
        if name == "frozen":
            raise AttributeError("frozen")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        self.log.append(("del", name))
        super().__delattr__(name)


g = Guarded()
for i in range(6):
    g.x += i
    g.y = g.x
del g.y
try:
    g.frozen = 1
except AttributeError as error:
    print(error)
try:
    del g.missing
except AttributeError as error:
    print(error)
print(g.log, g.__dict__["x"])
Guarded.__setattr__ = object.__setattr__
g.frozen = 2
print(g.frozen, len(g.log))
