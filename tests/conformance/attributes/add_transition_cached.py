# The store that adds an attribute, in __init__ and outside, when the class changes in between.
class Item:
    def __init__(self, n):
        self.a = n
        self.b = n + 1


def extend(item):
    item.c = item.a + item.b
    return item.c


for i in range(12):
    item = Item(i)
    if i == 3:
        Item.c = "class attribute"
    if i == 5:
        Item.c = property(lambda self: "getter", lambda self, v: print("set", v))
    if i == 7:
        del Item.c
    if i == 9:
        item.zzz = 0
    if i == 10:
        del item.a
        item.a = 5
    print(extend(item), item.c, item.__dict__)
