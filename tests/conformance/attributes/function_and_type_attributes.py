# Loads and stores on functions, classes and bound methods at one site.
class K:
    hits = 0


def f():
    pass


class Box:
    pass


def bump(target):
    target.hits = target.hits + 1
    return target.hits


f.hits = 10
box = Box()
box.hits = 0.5
for i in range(7):
    print(bump(K), bump(f), bump(box), K.hits, f.hits)
for bad in (5, "s", len, K().__init__):
    try:
        bump(bad)
    except AttributeError as error:
        print(error)
