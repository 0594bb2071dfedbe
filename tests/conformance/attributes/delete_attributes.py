# del of attributes: present, absent, inherited, in a hot loop.
class Box:
    shared = "class"

    def __init__(self, n):
        self.n = n


def forget(box):
    del box.n
    return hasattr(box, "n")


for i in range(8):
    box = Box(i)
    print(forget(box), box.__dict__)
    box.n = i / 2
    print(box.n, end=" ")
print()
for name in ("n", "shared", "unknown"):
    for _ in range(2):
        try:
            delattr(box, name)
            print("deleted", name)
        except AttributeError as error:
            print(error)
box.shared = "own"
del box.shared
print(box.shared, hasattr(box, "unknown"), box.__dict__)
