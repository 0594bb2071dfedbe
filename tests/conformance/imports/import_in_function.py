# Imports within functions, conditions and try; executed once, bound each time.
import sys

sys.path.insert(0, "modules")


def load(i):
    if i % 2:
        import loud
        return loud.value
    from loud import value as v
    import loud as l
    l.value += 1
    return v


for i in range(6):
    print(load(i))
del sys.modules["loud"]
print(load(1))
