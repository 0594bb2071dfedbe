# Long attribute chains through fresh and shared objects, changed in the middle.
class Node:
    def __init__(self, value, child=None):
        self.value = value
        self.child = child


def deep(root):
    return root.child.child.child.value


def write(root, v):
    root.child.child.child.value = v


root = Node(0, Node(1, Node(2, Node(3))))
for i in range(10):
    print(deep(root), end=" ")
    write(root, i * 2)
    if i == 4:
        root.child.child = Node("x", Node("fresh"))
    if i == 6:
        root.child.__dict__
    if i == 8:
        root.child.child.child = None
        try:
            deep(root)
        except AttributeError as error:
            print(error)
        root.child.child.child = Node(0.5)
print(deep(root))
