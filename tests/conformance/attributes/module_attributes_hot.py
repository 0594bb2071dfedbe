# Attributes of modules, read and written hot while names, modules and the module's class change
import sys

Module = type(sys)


class Special(Module):
    @property
    def x(self):
        return "property"


def load(m):
    return m.x


def store(m, value):
    m.x = value


own = sys.modules[__name__]
own.x = 0
other = Module("other")
for k in range(40):
    if k == 10:
        del own.x
        try:
            load(own)
        except AttributeError as error:
            print(error)
    if k == 12:
        x = "a global"
        print(load(own))
        own.y = 1
    if k == 20:
        store(other, "other's")
        print(load(other), load(own), list(vars(other)))
    if k == 25:
        del x
    store(own, k)
    if load(own) != k or x != k:
        print("lost", k)
print([name for name in vars(own) if name in ("x", "y", "own")])

own.__class__ = Special
print(load(own), vars(own)["x"])
try:
    store(own, 1)
except AttributeError:
    print("no setter")
own.__class__ = Module
print(load(own))

for k in range(5):
    other = Module("other")
    other.x = k
    print(load(other), end=" ")
print()
