# Non-data descriptors lose to the instance dict.
class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        if instance is None:
            return "from class " + owner.__name__
        value = self.function(instance)
        instance.__dict__[self.function.__name__] = value
        return value


class Circle:
    def __init__(self, r):
        self.r = r

    @Lazy
    def area(self):
        print("computing")
        return self.r * self.r * 3


def read(c):
    return c.area


circles = [Circle(i) for i in range(3)]
for _ in range(3):
    for c in circles:
        print(read(c))
print(Circle.area, circles[1].__dict__)
del circles[1].area
print(read(circles[1]))
circles[2].area = "assigned"
print(read(circles[2]))
