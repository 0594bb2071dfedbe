# __getattr__ beside attributes that are there: hot loads, while attributes come and go
class C:
    shared = "class"
    __slots__ = ("slot", "__dict__")

    def __init__(self):
        self.x = 1
        self.slot = 2

    def __getattr__(self, name):
        return "missing " + name

    def method(self):
        return "method"

    @property
    def failing(self):
        if self.x == "fail":
            raise AttributeError("inside")
        return "property"


def load(o):
    return o.x, o.shared, o.slot, o.method(), o.failing


def absent(o):
    return o.absent


o = C()
for k in range(80):
    if k == 10:
        del o.x
    if k == 15:
        o.x = "fail"
    if k == 20:
        o.x = 3
        del o.slot
    if k == 25:
        del C.shared
    if k == 30:
        o.__dict__["x"] = 5
        o.method = lambda: "own"
    if k == 35:
        o.__dict__ = {"x": "replaced"}
    if k == 40:
        o.__dict__.clear()
    if k == 45:
        o = C()
        C.__getattribute__ = lambda self, name: (
            "all" if name == "x" else object.__getattribute__(self, name))
    if k == 50:
        del C.__getattribute__
        o.absent = "there"
    if k == 55:
        hook = C.__getattr__
        del C.__getattr__
        del o.x
        try:
            load(o)
        except AttributeError as error:
            print(error)
        o.x = 1
        C.shared = "again"
    if k == 60:
        C.__getattr__ = hook
        del o.slot
    row = load(o), absent(o) if k != 55 else None
    if k % 5 == 0:
        print(k, row)
