# Managers that save and restore class attributes of themselves and of a base.
class Base:
    depth = 0
    current = None


class Scope(Base):
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.saved = Scope.current
        Scope.current = self.name
        Base.depth += 1
        return self

    def __exit__(self, *exc):
        Scope.current = self.saved
        Base.depth -= 1


def run(i):
    with Scope("outer"):
        first = (Scope.current, Scope.depth, Base.current)
        with Scope(i):
            second = (Scope.current, Scope.depth)
    return first, second, Scope.current, Scope.depth


for i in range(9):
    print(run(i if i < 6 else i / 4))
    if i == 3:
        Scope.extra = i
    if i == 5:
        Scope.depth = 100
print("current" in Scope.__dict__, Base.current)
