# getattr, setattr, hasattr, delattr with computed names and defaults.
class Box:
    zero = 0


def spin(box, names):
    for name in names:
        setattr(box, name, getattr(box, name, 0) + 1)
    return [getattr(box, name) for name in names]


box = Box()
for i in range(7):
    print(spin(box, ["a", "zero", "n%d" % (i % 3)]))
print(box.__dict__, Box.zero, hasattr(box, "n2"), hasattr(box, "n9"), getattr(box, "q", None))
delattr(box, "zero")
print(box.zero, getattr(box, "n9", "default"))
setattr(box, "not an identifier!", 1)
setattr(box, "", "empty")
print(getattr(box, "not an identifier!"), box.__dict__[""])
for call in (lambda: getattr(box, "n9"), lambda: getattr(box), lambda: hasattr(box, 5),
             lambda: getattr(5, "x"), lambda: setattr(box, "a"), lambda: delattr(box, "gone")):
    try:
        call()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__ + ":", error)
