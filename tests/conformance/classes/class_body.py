# Class bodies are code: loops, conditions, nested classes, name resolution.
x = "global"


class Body:
    x = "class"
    values = [i * i for i in range(4)]
    for n in range(3):
        last = n
    if last == 2:
        def chosen(self): return x, self.x
    else:
        def chosen(self): return "other"

    class Inner:
        depth = 2
        def where(self): return Body.x + "/inner"

    y = x + "!"
    del n
    z = (lambda: x)()


b = Body()
for i in range(6):
    print(b.chosen(), Body.Inner().where(), b.Inner.depth)
print(Body.values, Body.last, hasattr(Body, "n"), Body.y, Body.z, Body.Inner.__qualname__)


def function():
    x = "local"

    class Local:
        seen = x
        x = "own"
        after = x
    return Local.seen, Local.after, Local.__qualname__


print(function())
