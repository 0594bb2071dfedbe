# with calls __enter__, binds its result, calls __exit__ with three Nones.
class Scope:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self.name * 2

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", self.name, exc_type, exc_value, traceback)


def use(name):
    with Scope(name) as value:
        print("body", value)
    return value


for name in ("a", "b", 1, 2.5, (3,)):
    print(use(name))
with Scope("no target"):
    pass
print("after")
