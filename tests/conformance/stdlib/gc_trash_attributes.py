# __del__ that reads, writes, deletes and materialises attributes of its own and of other garbage.
import gc

gc.disable()


class Node:
    def __init__(self, how):
        self.how = how
        self.x = [1, 2]

    def __del__(self):
        other = self.other
        log.append(actions[self.how](self, other))


log = []
outside = []


def read(me, other):
    return getattr(me, "x", 0), getattr(other, "x", 0), getattr(other, "how", 0), len(vars(other))


def write(me, other):
    me.x = me
    other.new = other
    return me.x is me, other.new is other


def delete(me, other):
    me.__dict__.pop('x', None)
    me.x = 1
    del me.x
    return hasattr(me, "x"), hasattr(other, "x")


def as_dict(me, other):
    d = me.__dict__
    d["y"] = other.__dict__
    return sorted(d), me.y is other.__dict__


def drop_dict(me, other):
    del me.__dict__
    me.z = 1
    return me.__dict__, hasattr(other, 'how')


def replace(me, other):
    me.__dict__ = {"a": me, "other": other}
    return sorted(me.__dict__)


def many(me, other):
    for i in range(50):
        setattr(me, "a%d" % i, other)
    return len(me.__dict__), me.a49 is other


def retype(me, other):
    me.__class__ = Other
    return type(me).__name__, hasattr(me, 'x')


def steal(me, other):
    outside.append(getattr(other, "x", None))
    other.x = None
    return len(outside)


class Other:
    pass


actions = {"read": read, "write": write, "delete": delete, "dict": as_dict, "drop": drop_dict,
           "replace": replace, "many": many, "retype": retype, "steal": steal}


def pair(first, second):
    a, b = Node(first), Node(second)
    a.other, b.other = b, a


names = list(actions)
for first in names:
    for second in names:
        log.clear()
        outside.clear()
        pair(first, second)
        gc.collect()
        # Which of the two comes first is not said.
        print(first, second, len(log) > 0)
for name in ("write", "delete", "drop", "replace", "many", "retype", "steal"):
    log.clear()
    outside.clear()
    x = Node(name)
    x.other = Other()
    x.other.x, x.other.how = 5, "other"
    x.me = x
    del x
    print(name, gc.collect() > 0, log, outside)
