# Without automatic collection garbage waits for the last one; finalizers run once.
import gc

gc.disable()


class Leaf:
    def __init__(self, label):
        self.label = label

    def __del__(self):
        global kept
        print("del", self.label)
        kept = self


lost = Leaf("lost")
lost.itself = lost
del lost
plain = Leaf("plain")
cyclic = Leaf("cyclic")
cyclic.itself = cyclic
print("end")
