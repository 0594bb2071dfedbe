# o.__dict__ taken in the middle of a hot loop; loads and stores go on through the dict.
class Box:
    def __init__(self):
        self.a = 1
        self.b = 2


def work(box, i):
    box.a += i
    box.b = box.a - box.b
    return box.a + box.b


box = Box()
for i in range(10):
    print(work(box, i))
    if i == 4:
        view = box.__dict__
    if i == 6:
        view["a"] = 100
    if i == 7:
        view["c"] = "new"
print(view, box.__dict__ is view, box.c, vars(box) is view)
box.d = 4
print(list(view), view.pop("a"), hasattr(box, "a"))
try:
    work(box, 1)
except AttributeError as error:
    print(error)
