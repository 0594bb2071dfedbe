# Instances with attributes, linked, until the limit; freeing the chain must not overflow a stack.
# status: 1
# options: --memory-limit=64M
# stderr: ^MemoryError
# python3: no
class Node:
    def __init__(self, previous):
        self.previous = previous
        self.value = 0.1


def grow():
    node = None
    while True:
        node = Node(node)


grow()
