# Classes die and new ones, of another shape, take their memory: what a call site keeps of a dead one
# must not pass for the new one (Samsung/escargot pull request 1244; python/cpython issue 149459
# with a fresh class in each call).
def make_class(i):
    class Made:
        if i % 3 == 0:
            tag = "class %d" % (i % 5)

        def __init__(self):
            if i % 2:
                self.first = i
            self.second = -i
            if i % 3 == 1:
                self.tag = "instance %d" % i

        def __enter__(self):
            self.entered = i
            return self

        def __exit__(self, *details):
            del self.entered
    if i % 3 == 2:
        Made.tag = property(lambda self: "property %d" % self.second)
    return Made


def use(o):
    with o as inner:
        inner.third = inner.second
    return o.tag, o.second, getattr(o, "first", None), list(o.__dict__)


total = 0
for i in range(300):
    found = use(make_class(i)())
    total += len(found[3]) + found[1]
    if i % 37 < 3:
        print(i, found)
print(total)
