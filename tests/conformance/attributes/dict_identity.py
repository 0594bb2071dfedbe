# The dict of an instance is one object, live in both directions, and may outlive the instance.
class Box:
    pass


box = Box()
box.x = 1
d = box.__dict__
box.y = 2
d["z"] = 3
print(d, box.z, box.__dict__ is d)
del box.x
print(d, "x" in d)
d.clear()
print(hasattr(box, "y"), d)
box.last = [1]
del box
print(d)
d["after"] = 5
print(d, len(d))
boxes = [Box() for _ in range(6)]
dicts = []
for i, b in enumerate(boxes):
    b.n = i
    dicts.append(b.__dict__)
    b.m = i * 2
boxes.clear()
print(dicts)
