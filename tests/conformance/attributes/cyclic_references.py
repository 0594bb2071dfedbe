# Objects that refer to each other through attributes stay usable.
class Node:
    def __init__(self, name):
        self.name = name
        self.next = self
        self.peers = [self]


def ring(names):
    first = last = Node(names[0])
    for name in names[1:]:
        node = Node(name)
        node.next = first
        last.next = node
        last = node
    return first


def walk(node, steps):
    seen = []
    for _ in range(steps):
        seen.append(node.name)
        node = node.next
    return "".join(seen)


for i in range(6):
    r = ring("abcde"[:i % 5 + 1])
    print(walk(r, 12))
    r.__dict__["self"] = r
    print(r.self.self.next.name, len(r.peers))
