# Modules go together with __main__; weak references that go with their objects say nothing.
import atexit
import sys
import weakref

other = type(sys)("other")
sys.modules["other"] = other
exec(
    """
class Leaf:
    def __init__(self, label):
        self.label = label
    def __del__(self):
        print("del", self.label, name)
name = "name in other"
""",
    other.__dict__,
)
mine = other.Leaf("mine")
reference = weakref.ref(mine, lambda reference: print("never"))
weakref.finalize(mine, print, "finalize")
atexit.register(lambda: print("atexit", mine.label, reference() is mine))
print("end")
