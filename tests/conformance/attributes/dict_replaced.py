# o.__dict__ = d exchanges all attributes; the old dict stays as it was.
class Box:
    def __init__(self):
        self.a = 1


def read(box):
    return box.a


box = Box()
other = Box()
for i in range(9):
    print(read(box), read(other))
    if i == 4:
        old = box.__dict__
        new = {"a": "replaced", "extra": 5}
        box.__dict__ = new
    if i == 6:
        other.__dict__ = new
    if i == 7:
        box.a = 2.5
print(old, new, box.__dict__ is new, other.a, other.extra)
for bad in (5, None, [("a", 1)], "a"):
    try:
        box.__dict__ = bad
    except TypeError as error:
        print(error)
