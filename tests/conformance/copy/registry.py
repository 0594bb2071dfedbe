# copyreg: registered functions, and the functions that rebuild objects.
import copy
import copyreg


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def reduce_point(point):
    print('reducing', point.x)
    return Point, (point.x, point.y + 1)


copyreg.pickle(Point, reduce_point)
print(vars(copy.copy(Point(1, 2))), vars(copy.deepcopy(Point(3, [4][0]))))
del copyreg.dispatch_table[Point]
print(vars(copy.copy(Point(1, 2))))
for call in (lambda: copyreg.pickle(Point, 5), lambda: copyreg.pickle(Point, len, 5), lambda: copyreg.constructor(1),
             lambda: object().__reduce_ex__(), lambda: object().__reduce_ex__('a'),
             lambda: Point.__reduce_ex__(2)):
    try:
        print(call())
    except TypeError as error:
        print(error)
print(copyreg.__newobj__(Point), type(copyreg.__newobj_ex__(int, ('5',), {}))) if False else None
function, arguments, state = Point(1, 2).__reduce_ex__(2)[:3]
print(function is copyreg.__newobj__, arguments, state)
print(Point(1, 2).__reduce__()[1:], object().__reduce_ex__(4)[1:])
print(Point.__reduce_ex__ is object.__reduce_ex__, '__reduce__' in dir(Point), '__getstate__' in dir(object))
