# More than 30 attributes: an instance outgrows the shared layout of its class.
class Wide:
    pass


def fill(obj, count):
    for i in range(count):
        setattr(obj, "a%d" % i, i)
    return obj


def read(obj):
    return obj.a0, obj.a1


for count in (2, 5, 14, 15, 16, 28, 29, 30, 31, 32, 33, 63, 64, 65, 100, 300):
    obj = fill(Wide(), count)
    print(count, read(obj), len(obj.__dict__), getattr(obj, "a%d" % (count - 1)))
    obj.a0 = "changed"
    obj.a1 += 0.5
    print(read(obj), list(obj.__dict__)[-1], sum(v for v in vars(obj).values() if v != "changed"))
small = fill(Wide(), 3)
print(small.__dict__)
