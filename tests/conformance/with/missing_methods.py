# Objects that are no context managers: the messages, and what is looked up first.
class NoEnter:
    def __exit__(self, *exc):
        print("exit")


class NoExit:
    def __enter__(self):
        print("entered")


class Neither:
    pass


class OnInstance:
    def __init__(self):
        self.__enter__ = lambda: print("instance enter")
        self.__exit__ = lambda *exc: print("instance exit")


def run(obj):
    try:
        with obj:
            print("body")
    except (TypeError, AttributeError) as error:
        return type(error).__name__ + ": " + str(error)


for obj in (NoEnter(), NoExit(), Neither(), OnInstance(), 5, None, "s", [], NoEnter, len):
    for _ in range(3):
        result = run(obj)
    print(result)
