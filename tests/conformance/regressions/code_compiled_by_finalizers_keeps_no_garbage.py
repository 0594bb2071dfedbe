# A finalizer that a collection runs gets compiled by that. What the new code names, the classes of
# the garbage among it, is garbage none the less: it dies in this collection, not in the next one.
import gc


class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("leaf", self.name)


class Finalized:
    def __del__(self):
        self.leaf = Leaf("of an instance")


def lose_class(base):
    made = type("Made", (base,), {"constant": 1})
    one = made()
    made.one = one
    made.read = lambda self: made.constant


def lose_pair(kind):
    one, two = kind(), kind()
    one.other, two.other = two, one


gc.collect()
gc.disable()
for i in range(4):
    class Local(Finalized):
        def __del__(self):
            super().__del__()
            for k in range(3):
                self.number = k

    lose_class(Local)
    lose_class(Finalized)
    lose_pair(Local)
    lose_pair(Finalized)
    gc.collect()
    print("collected", i)
    gc.collect()
    print("once more")
