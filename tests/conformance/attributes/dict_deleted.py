# del o.__dict__ empties the instance; the next store starts anew.
class Box:
    kind = "class"

    def __init__(self):
        self.a = 1
        self.b = 2


def read(box):
    return box.a


for i in range(8):
    box = Box()
    print(read(box), end=" ")
    if i % 2:
        del box.__dict__
        print(box.__dict__, hasattr(box, "a"), box.kind, end=" ")
        box.b = i
        box.a = i * 0.5
    print(read(box), box.__dict__)
box = Box()
kept = box.__dict__
del box.__dict__
print(kept, box.__dict__, box.__dict__ is kept)
try:
    read(box)
except AttributeError as error:
    print(error)
