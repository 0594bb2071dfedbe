# Attributes are still there in __del__, and are dropped after it, in order.
class Leaf:
    def __init__(self, name): self.name = name
    def __del__(self): print("drop", self.name)


class Tree:
    def __init__(self, n):
        self.left = Leaf("left %d" % n)
        self.right = Leaf("right %d" % n)
        self.n = n

    def __del__(self):
        print("tree", self.n, self.left.name, list(self.__dict__) if self.n > 3 else "")


def scope(n):
    tree = Tree(n)
    if n == 2:
        tree.extra = Leaf("extra")
        del tree.left
        tree.left = Leaf("new left")
    return tree.n


for n in range(6):
    print(scope(n))
