# Attributes of an instance whose __dict__ was deleted: the values must not come back, nor be used.
# CPython crashed when it made the dict anew or stored into it (python/cpython issues 117750, 121860).
class Point:
    def __init__(self, x):
        self.x = x
        self.y = -x


def use(p, i):
    p.z = i
    return p.z, list(p.__dict__)


for i in range(12):
    p = Point(i)
    if i % 3 == 1:
        p.__dict__
    if i % 2:
        del p.__dict__
        try:
            p.x
        except AttributeError as error:
            print(error)
    if i % 4 == 3:
        print(p.__dict__, p.__dict__ is p.__dict__)
        del p.__dict__
        del p.__dict__
    print(use(p, i), p.__dict__)
