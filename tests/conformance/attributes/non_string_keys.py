# Keys that are not exact strings in o.__dict__.
class Name(str):
    pass


class Box:
    def __init__(self):
        self.a = 1


def read(box):
    return box.a


for i in range(6):
    box = Box()
    box.__dict__[5] = "five"
    box.__dict__[Name("b")] = "sub"
    print(read(box), box.b, box.__dict__)
box = Box()
box.__dict__[Name("a")] = "same name"
print(box.a, len(box.__dict__), type(list(box.__dict__)[0]).__name__)
setattr(box, Name("c"), 3)
print(box.c, box.__dict__)
for name in (5, None, "a b"):
    try:
        setattr(box, name, 1)
    except TypeError as error:
        print(error)
