# Several items in one with, with and without targets, with and without parentheses.
class Scope:
    def __init__(self, name):
        self.name = name
        print("init", name)

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, *exc):
        print("exit", self.name)


for i in range(5):
    with Scope("a"), Scope("b") as b, Scope("c") as c:
        print(i, b, c)
with (Scope("p") as p, Scope("q")):
    print(p)
with (
    Scope("x") as x,
    Scope("y") as y,
):
    print(x, y)
with (Scope("only")) as only:
    print(only)
with (Scope("tuple"), Scope("without target")):
    print("two managers, no tuple")
