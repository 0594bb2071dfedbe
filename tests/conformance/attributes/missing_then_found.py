# A failing load site that later succeeds, and the other way round.
class Box:
    pass


def read(box):
    try:
        return box.x
    except AttributeError:
        return "missing"


box = Box()
log = []
for i in range(30):
    log.append(read(box))
    if i == 5:
        box.x = 1
    if i == 10:
        del box.x
    if i == 15:
        Box.x = "class"
    if i == 20:
        box.x = 2.5
    if i == 25:
        del Box.x
        del box.x
print(log)
other = Box()
other.y = 1
print(read(other), other.__dict__, box.__dict__)
