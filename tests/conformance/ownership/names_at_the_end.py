# At the end of the program finalizers find all names as they were, in cycles and out of them.
import sys

shared = "shared"


class Leaf:
    def __init__(self, label):
        self.label = label

    def __del__(self):
        print("del", self.label, shared, type(first).__name__, helper.__name__, len(_hidden))


def helper():
    local = Leaf("local")
    local.itself = local


_hidden = [1, 2, 3]
first = Leaf("first")
first.itself = [first]
for _ in range(6):
    helper()
