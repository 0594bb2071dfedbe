# Single inheritance: overriding, extending, attribute lookup through bases.
class Shape:
    sides = 0
    def __init__(self, name):
        self.name = name
    def area(self):
        return 0
    def describe(self):
        return "%s with %d sides and area %s" % (self.name, self.sides, self.area())


class Square(Shape):
    sides = 4
    def __init__(self, size):
        Shape.__init__(self, "square")
        self.size = size
    def area(self):
        return self.size * self.size


class Named(Square):
    def describe(self):
        return "<" + super().describe() + ">"


shapes = [Shape("blob"), Square(2), Named(1.5), Square(2 ** 40)]
for _ in range(3):
    for shape in shapes:
        print(shape.describe())
Shape.sides = 1
Square.area = lambda self: -self.size
for shape in shapes:
    print(shape.describe())
print(issubclass(Named, Shape), isinstance(shapes[2], Square), isinstance(shapes[0], Square))
