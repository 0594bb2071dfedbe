# An exception in the body reaches every enclosing __exit__ and then the handler.
class Scope:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print(self.name, exc_type and exc_type.__name__, exc_value, traceback is not None)
        return None


def run(i):
    try:
        with Scope("outer"):
            with Scope("inner"):
                if i % 2:
                    raise KeyError(i)
                [][i + 1]
            print("never")
    except LookupError as error:
        return repr(error)


for i in range(7):
    print(run(i))
