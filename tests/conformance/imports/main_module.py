# The script is the module __main__; an imported module has its own globals.
import sys

sys.path.insert(0, "modules")

import plain

VALUE = "mine"
print(__name__, plain.__name__, plain.read(), VALUE, sys.modules["__main__"].VALUE)
plain.injected = 5
print(plain.injected, "injected" in globals(), plain.double.__module__, __doc__,
      __file__ == sys.argv[0])
import __main__
print(__main__.VALUE, __main__ is sys.modules["__main__"])
