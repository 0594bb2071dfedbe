# __setattr__ added to a class after stores were cached.
class Box:
    def __init__(self):
        self.a = 0


def store(box, value):
    box.a = value
    return box.a


box = Box()
for i in range(12):
    print(store(box, i), box.__dict__)
    if i == 4:
        Box.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value * 10)
    if i == 6:
        Box.__setattr__ = lambda self, name, value: None
    if i == 8:
        del Box.__setattr__
    if i == 9:
        Box.__delattr__ = lambda self, name: print("not deleting", name)
    if i == 10:
        del box.a
print(box.a)
