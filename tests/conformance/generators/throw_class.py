# throw() of a class: what cannot be made of it is raised inside the generator.
class NotMade(Exception):
    def __new__(cls, *args):
        return cls


class Fails(Exception):
    def __init__(self, *args):
        raise KeyError("in __init__")


class Takes(Exception):
    pass


def catcher():
    while True:
        try:
            yield "ready"
        except Exception as error:
            yield type(error).__name__, str(error)


walker = catcher()
next(walker)
for arguments in ((NotMade,), (Fails,), (Takes,), (Takes, None), (Takes, "one"), (Takes, (1, 2)),
                  (Takes, Takes("same")), (Takes, ValueError("other"))):
    print(walker.throw(*arguments))
    next(walker)
new = catcher()
try:
    new.throw(NotMade)
except TypeError as error:
    print(error)
