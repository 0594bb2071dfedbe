# Targets of `as`: attribute, subscript, tuple, starred, slice, nested.
class Give:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *exc):
        pass


class Box:
    pass


box = Box()
items = [0, 1, 2, 3]
table = {}
for i in range(6):
    with Give(i) as box.value, Give(i * 2) as items[i % 4], Give("v") as table[i]:
        print(box.value, items, table[i])
    with Give((1, 2)) as (a, b), Give([3, [4, 5]]) as (c, (d, e)):
        print(a, b, c, d, e)
    with Give("abc") as (head, *tail), Give([i]) as [single]:
        print(head, tail, single)
    with Give([9, 9]) as items[1:3]:
        print(items)
for value in ((1,), (1, 2, 3), 5):
    try:
        with Give(value) as (a, b):
            print("never")
    except (TypeError, ValueError) as error:
        print(error)
