# from module import * with and without __all__.
import sys

sys.path.insert(0, "modules")

from plain import *
from listed import *

print(VALUE, double(3), exported, "_private" in globals(), "hidden" in globals(),
      "_listed" in globals())
print(_listed)
try:
    exec("def f():\n    from plain import *\n")
except SyntaxError as error:
    print(error.msg)
