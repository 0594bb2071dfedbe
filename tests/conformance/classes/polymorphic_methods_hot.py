# One call that meets methods of several classes, while methods and instances change
class A:
    def area(self, scale=1):
        return 1 * scale


class B:
    def __init__(self):
        self.side = 2

    def area(self, scale=1):
        if scale < 0:
            raise ValueError("scale")
        return self.side * scale


class C(A):
    @staticmethod
    def area(scale=1):
        return 100 * scale


class D:
    @classmethod
    def area(cls, scale=1):
        return cls, scale


def total(shapes, scale):
    result = []
    for shape in shapes:
        result.append((shape.area(), shape.area(scale)))
    return result


def caught(shape):
    try:
        return shape.area(-1)
    except ValueError as error:
        return str(error)


shapes = [A(), B()]
for k in range(50):
    if k == 10:
        shapes.append(C())
    if k == 15:
        shapes.append(D())
    if k == 20:
        B.area = lambda self, scale=1: "replaced"
    if k == 25:
        shapes[0].area = lambda scale=1: ("instance", scale)
    if k == 30:
        shapes = [A(), B(), A(), B()]
        del B.area
        try:
            total(shapes, k)
        except AttributeError as error:
            print(error)
        B.area = A.area
    if k == 40:
        B.area = lambda self, scale: self.side
        try:
            total(shapes, k)
        except TypeError as error:
            print(error)
        B.area = lambda self, scale=3: (self.side, scale)
    row = total(shapes, k)
    if k % 5 == 0:
        print(k, row, [caught(shape) for shape in shapes])


class Counter:
    def __init__(self, items):
        self.items = items

    def add(self, k):
        self.items.append(k)


class Sum(Counter):
    def add(self, k):
        super().add(k)
        self.items.extend([k])


items = []
for k in range(30):
    for counter in (Counter(items), Sum(items)):
        counter.add(k)
print(len(items), items[-4:])
