# Garbage in cycles is collected without being asked for; not while gc is disabled.
import gc
import weakref


class Node:
    pass


live = set()


def ring(n):
    nodes = [Node() for i in range(n)]
    for i in range(n):
        nodes[i].next = nodes[i - 1]
        nodes[i].all = nodes
    live.add(weakref.ref(nodes[0], live.discard))


gc.collect()
for i in range(20000):
    ring(5)
print(len(live) < 10000, gc.get_stats()[2]["collections"] > 0)

gc.collect()
print(len(live))
gc.disable()
for i in range(5000):
    ring(5)
print(len(live))
gc.enable()
for i in range(5000):
    ring(5)
print(len(live) < 8000)


def compiled(n):
    total = 0
    for i in range(n):
        a = Node()
        a.me = a
        a.value = i
        total += a.value
    return total


print(compiled(100000))


def rec(n, node):
    node.child = Node()
    node.child.parent = node
    return node if n == 0 else rec(n - 1, node.child)


for i in range(300):
    rec(200, Node())
gc.collect()
print(len(live), gc.garbage)
