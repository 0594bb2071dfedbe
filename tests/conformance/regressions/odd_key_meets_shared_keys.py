# A key that is no plain str goes into a dict with shared keys: one that is there already, one that
# only other instances have. CPython lost the key or the dict (python/cpython issues 142218, 143189).
class Name(str):
    pass


class Loud(str):
    def __eq__(self, other):
        return str.__eq__(self, other)

    def __hash__(self):
        return str.__hash__(self)


class Point:
    pass


def read(p):
    return getattr(p, "x", "-"), getattr(p, "y", "-")


full = Point()
full.x = full.y = 0
for kind in (str, Name, Loud):
    for i in range(6):
        p = Point()
        if i % 2:
            p.x = i
        d = p.__dict__
        d[kind("y")] = "y"
        d[kind("x")] = "x"
        print([(type(key).__name__, d[key]) for key in d], read(p), kind("x") in d, d.get(kind("z")))
        p.x = "stored"
        del p.y
        print([(type(key).__name__, d[key]) for key in d], read(p), d is p.__dict__)
    full.x += 1
print(full.__dict__)
