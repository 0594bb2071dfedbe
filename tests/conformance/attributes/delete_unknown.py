# Deleting a name the instance never had fails, and later instances may still set it.
class Box:
    pass


def try_delete(box, name):
    try:
        delattr(box, name)
        return "deleted"
    except AttributeError as error:
        return str(error)


for i in range(6):
    box = Box()
    print(try_delete(box, "ghost%d" % i), try_delete(box, "x"))
    box.x = i
    box.ghost0 = "seen"
    print(box.__dict__, try_delete(box, "x"), try_delete(box, "x"), box.__dict__)
    setattr(box, "ghost%d" % i, 1)
    print(list(box.__dict__))
