# __class__ swapped between classes with equal and with different attribute sets, mid loop.
class A:
    scale = 2
    def __init__(self):
        self.x = 1
        self.y = 2


class B:
    scale = 10
    def __init__(self):
        self.y = 20
        self.x = 10


def weigh(o):
    o.x += 1
    return (o.x + o.y) * o.scale


items = [A(), A(), B()]
for i in range(12):
    print([weigh(o) for o in items])
    if i in (3, 5, 7):
        for o in items:
            o.__class__ = B if type(o) is A else A
    if i == 8:
        items[0].z = 5
        A.scale = 0.5
print([(type(o).__name__, o.__dict__) for o in items])
