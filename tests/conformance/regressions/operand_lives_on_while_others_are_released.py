# Many values live across releases that run code: a register that a __del__ overwrote was counted
# down instead of the object (pyston/pyston pull request 157).
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)
        work(list(range(8)))


def work(items):
    a, b, c, d, e, f, g, h = items
    return [h, g, f, e, d, c, b, a], (a + h, b + g), {c: d, e: f}


def many(box, i):
    a = Loud(("a", i))
    b = Loud(("b", i))
    c = [Loud(("c", i)), Loud(("d", i))]
    box.value = a
    box.value = b
    a = (box.value.name, len(c), i)
    c[0] = box.value = None
    d = (a, b.name, c[1].name, box.__dict__, work([b, a, i, 3, 4, 5, 6, 7])[1:])
    b = c = None
    return d


class Box:
    pass


log = []
for i in range(8):
    box = Box()
    try:
        print(many(box, i))
    except TypeError as error:
        print(error)
    print(log)
    log.clear()
