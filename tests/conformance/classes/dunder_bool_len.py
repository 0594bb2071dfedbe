# Truth of instances: __bool__, then __len__, then true; bad results.
class ByBool:
    def __init__(self, value): self.value = value
    def __bool__(self): return self.value


class ByLen:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n


class Both:
    def __bool__(self): return False
    def __len__(self): return 5


class Plain: pass


def truth(x):
    return "yes" if x else "no"


for x in [ByBool(True), ByBool(False), ByLen(0), ByLen(3), Both(), Plain(), Plain, 0, "", [0]] * 2:
    print(truth(x), not x, (x and 1) == 1, bool(x))
for x in (ByBool(1), ByLen(-1), ByLen("a"), ByLen(2.0)):
    try:
        print(truth(x))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
