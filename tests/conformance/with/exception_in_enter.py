# __enter__ raises: __exit__ of that manager is not called, the outer ones are.
class Scope:
    def __init__(self, name, fail=False):
        self.name = name
        self.fail = fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail:
            raise OSError("cannot enter " + self.name)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", self.name, exc_type and exc_type.__name__)
        return self.name == "guard"


def run(fail):
    with Scope("guard"):
        with Scope("middle"):
            with Scope("inner", fail):
                print("body")
            print("after inner")
        print("after middle")
    return "done"


for i in range(7):
    print(run(i in (3, 5)))
try:
    with Scope("alone", True):
        pass
except OSError as error:
    print(error)
