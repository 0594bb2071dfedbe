# An uncaught exception passes two managers, is printed, and gives status 1.
class Scope:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", self.name, exc_type.__name__)


def body():
    with Scope("inner"):
        raise KeyError("uncaught")


with Scope("outer"):
    body()
print("never")
