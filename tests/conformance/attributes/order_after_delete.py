# A deleted and set again attribute moves to the end, before and after the dict exists.
class Box:
    def __init__(self):
        self.a = 1
        self.b = 2
        self.c = 3


for i in range(6):
    box = Box()
    del box.a
    box.a = 10 + i
    print(list(box.__dict__.items()), end=" ")
    del box.b
    box.b = 20
    box.c = 30
    print(box.__dict__)
box = Box()
del box.b
del box.c
del box.a
print(box.__dict__)
box.c, box.a, box.b = 1, 2, 3
print(box.__dict__)
box = Box()
box.d = 4
del box.c
box.e = 5
box.c = 6
print(vars(box))
