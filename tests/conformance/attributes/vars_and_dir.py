# vars() and dir() in the middle of hot loads and stores.
class Base:
    inherited = 1


class Box(Base):
    def __init__(self, n):
        self.n = n

    def method(self):
        return self.n


def public(obj):
    return [name for name in dir(obj) if not name.startswith("_")]


boxes = [Box(i) for i in range(4)]
for step in range(6):
    for box in boxes:
        box.n += 1
    if step == 2:
        print(public(boxes[0]), vars(boxes[1]))
    if step == 3:
        vars(boxes[2])["n"] = 100.5
        boxes[3].extra = None
    print([box.method() for box in boxes])
print(public(boxes[3]), public(Box), vars(boxes[3]), sorted(vars(Base))[-1])
for bad in (5, object()):
    try:
        vars(bad)
    except TypeError as error:
        print(error)
