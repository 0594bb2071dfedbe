# return out of one and several with blocks; the value is computed before __exit__.
class Scope:
    def __init__(self, name, state):
        self.name = name
        self.state = state

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.state.append(self.name)
        print("exit", self.name, exc_type)
        return True


def run(i):
    state = []
    with Scope("a", state):
        with Scope("b", state):
            if i == 0:
                return len(state), state
            if i == 1:
                return
        if i == 2:
            return "after b", list(state)
    return "end"


for i in (0, 1, 2, 3, 0, 2):
    print(run(i))
