# Attributes of a module object, read, written, deleted, with module-level __getattr__.
import sys

me = sys.modules["__main__"]
counter = 0


def bump():
    me.counter += 1
    return counter


for i in range(7):
    print(bump(), end=" ")
print(me.counter, counter)
me.created = "via module"
print(created)
del me.created
try:
    created
except NameError as error:
    print(error)
try:
    me.created
except AttributeError as error:
    print(error)


def __getattr__(name):
    if name == "lazy":
        return "lazy value"
    raise AttributeError("no " + name)


print(me.lazy, hasattr(me, "other"), me.__name__, type(me).__name__)
