# Import of a module from a folder beside the script; attributes, aliases, from-imports.
import sys

sys.path.insert(0, "modules")

import plain
import plain as alias
from plain import VALUE, double as twice

print(plain is alias, plain.VALUE, VALUE, twice(4), plain.__name__, "plain" in sys.modules)
for i in range(7):
    plain.counter += 1
    plain.VALUE = i * 0.5
    print(plain.read(), plain.counter, VALUE)
from plain import counter
print(counter, type(plain).__name__)
try:
    from plain import missing
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0])
try:
    plain.missing
except AttributeError as error:
    print(error)
