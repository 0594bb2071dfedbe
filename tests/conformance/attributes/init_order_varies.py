# Instances of one class that get their attributes in different orders and amounts.
class Shape:
    def __init__(self, kind):
        if kind % 3 == 0:
            self.a = 1
            self.b = 2
        elif kind % 3 == 1:
            self.b = 20
            self.a = 10
        else:
            self.c = 300
        self.kind = kind


def total(shape):
    return getattr(shape, "a", 0) + getattr(shape, "b", 0) + shape.kind


def add(shape):
    shape.late = shape.kind
    return shape.late


shapes = [Shape(k) for k in range(9)]
for _ in range(4):
    print([total(s) for s in shapes], [add(s) for s in shapes])
print([list(s.__dict__) for s in shapes])
