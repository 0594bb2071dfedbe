# The inner __exit__ raises, the outer one suppresses or replaces.
class Scope:
    def __init__(self, name, action):
        self.name = name
        self.action = action

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        context = exc_value and exc_value.__context__
        print(self.name, "got", repr(exc_value), "context", repr(context))
        if self.action == "raise":
            raise ValueError(self.name)
        return self.action == "suppress"


def run(outer, middle, inner, body):
    try:
        with Scope("outer", outer), Scope("middle", middle):
            with Scope("inner", inner):
                if body:
                    raise KeyError("body")
        return "normal"
    except Exception as error:
        return repr(error)


actions = ("pass", "raise", "suppress")
for outer in actions:
    for inner in actions:
        for body in (False, True):
            print(outer, inner, body, run(outer, "pass", inner, body))
print(run("suppress", "raise", "raise", True), run("raise", "raise", "raise", False))
