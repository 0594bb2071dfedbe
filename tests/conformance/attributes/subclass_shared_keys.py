# Base and subclass instances share attribute names at one hot site, with extra attributes each.
class Base:
    def __init__(self, n):
        self.n = n
        self.total = 0


class Left(Base):
    def __init__(self, n):
        self.left = "L"
        super().__init__(n)


class Right(Base):
    def __init__(self, n):
        super().__init__(n)
        self.right = "R"


class Both(Left, Right):
    pass


def update(obj):
    obj.total += obj.n
    return obj.total


objects = [Base(1), Left(2), Right(3), Both(4)]
for i in range(7):
    print([update(o) for o in objects])
    if i == 4:
        objects[3].n = 0.25
        objects[1].__dict__
print([o.__dict__ for o in objects])
