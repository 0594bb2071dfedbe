# repr and comparison of containers that contain themselves.
a = [1]
a.append(a)
d = {"k": 1}
d["self"] = d
t = ([],)
t[0].append(t)
mixed = [{}]
mixed[0]["list"] = mixed
print(a, d, t, mixed, str(a), [a, a])
print(a == a, a in a, len(a), a[1][1][1][0])
b = [1]
b.append(b)
try:
    a == b
except RecursionError as error:
    print("RecursionError", error)


class Node:
    def __init__(self):
        self.items = [self]

    def __repr__(self):
        return "Node(%r)" % (self.items if len(self.items) > 5 else len(self.items),)


print(Node(), [Node()])
