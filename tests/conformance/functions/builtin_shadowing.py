# Builtins looked up at run time: shadowed by globals, replaced in builtins, restored.
import builtins


def measure(values):
    return len(values), abs(-3)


for i in range(6):
    print(measure([1, 2, 3]))
original = builtins.abs
builtins.abs = lambda x: "patched"
print(measure([]))
builtins.abs = original
print(measure([]))


def abs(x):
    return "global"


print(measure([]))
del abs
print(measure([]))
builtins.brand_new = 5
print(brand_new)
del builtins.brand_new
try:
    brand_new
except NameError as error:
    print(error)
