# Containers in containers: from the fiftieth level on what dies waits until the outermost container
# is gone, so that no stack overflows. In which order finalizers run tells.
import gc

died = []


class Leaf:
    def __init__(self, number, name):
        self.number = number
        self.name = name

    def __del__(self):
        died.append((self.number, self.name))


class Node:
    def __init__(self, inner, i):
        self.before, self.inner, self.after = Leaf(i, "b"), inner, Leaf(i, "a")


class Slotted:
    __slots__ = ("before", "inner", "leaf")

    def __init__(self, inner, i):
        self.before, self.inner, self.leaf = Leaf(i, "b"), inner, Leaf(i, "l")


class ListWithDict(list):
    pass


def in_list(inner, i):
    return [Leaf(i, "b"), inner, Leaf(i, "a")]


def in_tuple(inner, i):
    return Leaf(i, "b"), inner, Leaf(i, "a")


def in_dict(inner, i):
    return {1: Leaf(i, "b"), 2: inner, 3: Leaf(i, "a")}


def in_set(inner, i):
    return frozenset([(inner, Leaf(i, "t"))])


def in_error(inner, i):
    return ValueError(Leaf(i, "b"), inner, Leaf(i, "a"))


def in_list_with_dict(inner, i):
    outer = ListWithDict(in_list(inner, i))
    outer.x = Leaf(i, "x")
    return outer


def in_node_with_dict(inner, i):
    outer = Node(inner, i)
    outer.__dict__
    return outer


def in_closure(inner, i):
    before, after = Leaf(i, "b"), Leaf(i, "a")

    def closure():
        return before, inner, after

    return closure


KINDS = (in_list, in_tuple, in_dict, Node, Slotted, in_error, in_list_with_dict,
         in_node_with_dict, in_closure)


def in_each(inner, i):
    return KINDS[i % len(KINDS)](inner, i)


def chain(kind, depth):
    outer = None
    for i in range(depth):
        outer = kind(outer, i)
    return outer


def show():
    """Runs of neighbours with the same name as one word each."""
    words = []
    first = last = None
    for number, name in died + [(None, None)]:
        if last is not None and name == last[1] and abs(number - last[0]) == 1:
            last = (number, name)
            continue
        if last is not None:
            words.append("%s%d" % (last[1], first) if first == last[0]
                         else "%s%d-%d" % (last[1], first, last[0]))
        first, last = number, (number, name)
    died.clear()
    print(" ", *words)


gc.collect()
gc.disable()
for kind in (*KINDS, in_set, in_each):
    for depth in (24, 26, 49, 50, 51, 52, 101, 160):
        outer = chain(kind, depth)
        print(kind.__name__, depth)
        del outer
        show()


class Chains:
    """What dies while something else does is as many levels deeper."""

    def __init__(self, depth):
        self.depth = depth

    def __del__(self):
        died.append((self.depth, "begin"))
        for kind in (in_list, in_each):
            outer = chain(kind, self.depth)
            del outer
        died.append((self.depth, "end"))


for depth in (45, 48, 49, 50, 70):
    print("in a finalizer", depth)
    outer = Chains(depth)
    del outer
    show()
    outer = [[[Chains(depth)]]]
    del outer
    show()
