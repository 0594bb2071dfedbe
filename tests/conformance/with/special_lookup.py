# __enter__ and __exit__ are looked up on the type, once, before __enter__ is called.
class Scope:
    def __enter__(self):
        Scope.__exit__ = lambda self, *exc: print("exit set in enter")
        return self

    def __exit__(self, *exc):
        print("original exit")


original = Scope.__exit__
for i in range(5):
    with Scope() as scope:
        print("body", i)
        Scope.__exit__ = lambda self, *exc: print("exit set in body")
    Scope.__exit__ = original


class Moving:
    def __enter__(self):
        self.__class__ = Elsewhere
        return self

    def __exit__(self, *exc):
        print("Moving.exit", type(self).__name__)


class Elsewhere:
    def __exit__(self, *exc):
        print("Elsewhere.exit")


for i in range(5):
    with Moving() as m:
        print(type(m).__name__)
