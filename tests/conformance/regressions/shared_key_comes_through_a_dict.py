# A name joins the shared keys of a class through the dict of one instance; a class attribute or
# method of that name, cached for the others, can be hidden from then on (python/cpython issue
# 150490), and is hidden in the instance with the dict (python/cpython issue 100288).
class Point:
    kind = "class"

    def method(self):
        return "class method"


def read(p):
    return p.kind, p.method()


points = [Point() for _ in range(3)]
points[2].__dict__
for i in range(16):
    if i == 5:
        points[0].__dict__["kind"] = "instance"
    if i == 8:
        points[1].kind = "stored"
    if i == 10:
        points[2].method = lambda: "own function"
    if i == 12:
        points[1].__dict__["method"] = lambda: "own too"
    if i == 14:
        del points[0].kind, points[2].method
    print([read(p) for p in points])
