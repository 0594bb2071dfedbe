# __getattr__ and __getattribute__ added to a class after lookups were cached.
class Box:
    def __init__(self):
        self.a = 1


def read(box, missing):
    try:
        return box.b if missing else box.a
    except AttributeError as error:
        return str(error)


box = Box()
for i in range(12):
    print(read(box, False), read(box, True))
    if i == 4:
        Box.__getattr__ = lambda self, name: "hook " + name
    if i == 6:
        Box.__getattribute__ = lambda self, name: "all " + name
    if i == 8:
        del Box.__getattribute__
    if i == 9:
        del Box.__getattr__
    if i == 10:
        box.b = "real"
