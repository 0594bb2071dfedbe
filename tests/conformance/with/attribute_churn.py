# Managers that add and delete attributes of themselves in every round.
class Scope:
    def __init__(self, i):
        self.i = i

    def __enter__(self):
        self.a = self.i
        if self.i % 2:
            self.b = self.i
        self.c = self.i * 0.5
        return self

    def __exit__(self, exc_type, *rest):
        del self.a
        if self.i % 3 == 0:
            self.a = "again"
        if hasattr(self, "b"):
            del self.b
        self.__exit_type = exc_type
        return True


def run(i):
    with Scope(i) as scope:
        inside = list(scope.__dict__) if i == 5 else None
        if i == 7:
            raise ValueError
    return inside, list(scope.__dict__.items())


for i in range(10):
    print(run(i))
