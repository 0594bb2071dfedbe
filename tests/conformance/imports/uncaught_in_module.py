# An exception at the top of an imported module that nobody catches.
import sys

sys.path.insert(0, "modules")
print("importing")
import failing
print("never")
