# Cycles that only a collection frees, with finalizers, resurrection and weak references.
import gc
import sys
import weakref

sys.stderr = None  # what fails in a finalizer or callback is said there

kept = []


class Node:
    def __init__(self, name):
        self.name = name
        self.itself = self


class Final(Node):
    def __del__(self):
        self.found = [self.name, len(self.__dict__)]


class Rising(Node):
    def __del__(self):
        kept.append(self)


def scenario():
    del kept[:]
    gc.collect()
    seen = []
    nodes = [Node(i) for i in range(20)]
    for i, node in enumerate(nodes):
        node.next = nodes[i - 1]
    reference = weakref.ref(nodes[0], lambda ref: seen.append(1))
    del nodes, node
    final, rising = Final('final'), Rising('rising')
    final.other, rising.other = rising, final
    del final, rising

    def inner():
        return inner

    class Local:
        pass
    Local.instance = Local()
    del inner, Local
    generator = (value for value in [1])
    holder = [generator]
    holder.append(holder)
    del generator, holder
    gc.collect()
    gc.collect()
    return reference() is None


result = scenario()
