# Attribute order is the order of insertion of each instance, not of the class.
class Box:
    def __init__(self, names):
        for name in names:
            setattr(self, name, name.upper())


boxes = [Box(names) for names in ("abc", "cba", "bca", "ac", "b", "", "dcab", "abcd")]
for box in boxes:
    print(list(box.__dict__), list(vars(box).values()))
for i, box in enumerate(boxes):
    box.a = i
    box.z = i
print([list(box.__dict__.items()) for box in boxes])
late = Box("xyz")
late.y = 1
late.w = 2
late.x = 3
print(late.__dict__)
