# A site that sees a staticmethod of one class and plain data of another, of instances of two classes:
# what it gives is a constant on one path and looked up on the other.
class Base:
    @staticmethod
    def f(*args):
        return len(args)


class Child(Base):
    pass


class Other:
    f = "other"


def copy(o, p):
    p.d = o.f
    return p.d


def check(o):
    return o.f is Base.f, o.f == "data", callable(o.f)


objects = [Child(), Base(), Other()]
for i in range(24):
    if i == 8:
        Child.f = "data"
    if i == 16:
        Other.f = Base.f
    one = objects[i % 3]
    found = copy(one, objects[(i + 1) % 3])
    print(i, found if isinstance(found, str) else "function", check(one))
