# Callbacks (__eq__, key functions) that change the container they are called for.
class Clearer:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return False

    def __hash__(self):
        return 1


for _ in range(3):
    items = [1, 2, 3]
    items.append(Clearer(items))
    print(7 in items, len(items))
    items.extend([Clearer(items), 2])
    print(items.count(5), len(items))
items = [3, 1, 2]


def key(x):
    items.append(x)
    return x


try:
    items.sort(key=key)
except ValueError as error:
    print(error, items)
table = {}
table[Clearer(table)] = 1
try:
    print(table.get(Clearer(table)), len(table))
except RuntimeError as error:
    print(error)
