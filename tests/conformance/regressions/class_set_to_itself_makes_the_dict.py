# Setting __class__ makes the dict of the instance even when the class stays: a cycle whose
# finalizers do that has changed meanwhile, and lives until the next collection.
import gc


class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("leaf", self.name)


class Kept:
    def __del__(self):
        self.leaf = Leaf("of " + type(self).__name__)


class ToItself(Kept):
    def __del__(self):
        super().__del__()
        self.__class__ = type(self)


class ToOther(Kept):
    def __del__(self):
        super().__del__()
        self.__class__ = Kept


class Asked(Kept):
    def __del__(self):
        super().__del__()
        self.__dict__


gc.collect()
gc.disable()
for kind in (Kept, ToItself, ToOther, Asked):
    print(kind.__name__)
    one, two = kind(), kind()
    one.two, two.one = two, one
    del one, two
    for _ in range(2):
        gc.collect()
        print("collected")
