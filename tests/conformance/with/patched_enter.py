# __enter__ and __exit__ replaced on the class and on a base while the with is hot.
class Base:
    def __enter__(self):
        return "base"

    def __exit__(self, exc_type, exc_value, traceback):
        return False


class Scope(Base):
    pass


def run(raises):
    try:
        with Scope() as value:
            if raises:
                raise ValueError("v")
        return value, "left"
    except ValueError:
        return "propagated"


for i in range(14):
    print(run(False), run(True))
    if i == 4:
        Base.__exit__ = lambda self, *exc: True
    if i == 6:
        Scope.__enter__ = lambda self: "scope"
    if i == 8:
        Scope.__exit__ = lambda self, t, v, tb: t is None
    if i == 10:
        del Scope.__exit__
    if i == 11:
        del Scope.__enter__
    if i == 12:
        Base.__enter__ = lambda self: 2.5
