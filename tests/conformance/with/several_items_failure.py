# When a later item fails to construct or enter, the earlier ones are left.
class Scope:
    def __init__(self, name, fail=None):
        self.name = name
        self.fail = fail
        if fail == "init":
            raise ValueError("init " + name)

    def __enter__(self):
        if self.fail == "enter":
            raise ValueError("enter " + self.name)
        print("enter", self.name)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", self.name, exc_type and exc_type.__name__, exc_value)
        return self.fail == "suppress"


def run(first, second, third):
    try:
        with Scope("a", first) as a, Scope("b", second) as b, Scope("c", third) as c:
            print("body")
        return "left"
    except ValueError as error:
        return "raised " + str(error)


cases = [(None, None, None), ("init", None, None), (None, "init", None), (None, None, "init"),
         ("enter", None, None), (None, "enter", None), (None, None, "enter"),
         ("suppress", None, "enter"), ("suppress", "suppress", "init"), ("suppress", "enter", None)]
for case in cases * 3:
    print(run(*case))
