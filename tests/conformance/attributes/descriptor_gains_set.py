# The class of a descriptor gains __set__ after loads were cached: it becomes a data descriptor.
class Descriptor:
    def __get__(self, instance, owner):
        return "descriptor"


class Box:
    d = Descriptor()

    def __init__(self):
        self.d = "instance"


def read(box):
    return box.d


box = Box()
for i in range(10):
    print(read(box), end=" ")
    if i == 4:
        Descriptor.__set__ = lambda self, instance, value: print("[set %r]" % value, end=" ")
    if i == 5:
        box.d = i
    if i == 6:
        del Descriptor.__set__
    if i == 7:
        box.d = "stored"
    if i == 8:
        del Descriptor.__get__
print()
print(box.__dict__)
del box.d
print(type(read(box)).__name__)
Descriptor.__get__ = lambda self, instance, owner: "again"
print(read(box))
