# A compiled body meets what invalidates it between two of its yields: classes, types, globals change.
class Point:
    def __init__(self, x):
        self.x = x

    def scaled(self):
        return self.x * factor


factor = 2


def walk(points):
    for point in points:
        yield point.x
        yield point.scaled()
        point.x = yield point
        yield point.x


class Other:
    x = 'class'

    def scaled(self):
        return 'other'


for number in range(8):
    points = [Point(number), Point(number + 0.5), Point(10)]
    if number == 5:
        points.append(Other())
    running = walk(points)
    seen = []
    for step, value in enumerate(running):
        seen.append(value if not isinstance(value, (Point, Other)) else sorted(vars(value).items()))
        if number == 3 and step == 4:
            factor = 3
        if number == 4 and step == 5:
            Point.scaled = lambda self: 'patched'
        if number == 6 and step == 2:
            Point.x = property(lambda self: 'property', lambda self, value: None)
            del points[1].__dict__['x']
    print(number, seen)
