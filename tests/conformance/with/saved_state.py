# Managers in the manner of no_grad: save, set, restore a module-level object's attribute.
class State:
    def __init__(self):
        self.enabled = True
        self.mode = "train"


state = State()


class Set:
    def __init__(self, enabled, mode):
        self.enabled = enabled
        self.mode = mode

    def __enter__(self):
        self.previous = (state.enabled, state.mode)
        state.enabled = self.enabled
        state.mode = self.mode
        return state

    def __exit__(self, *exc):
        state.enabled, state.mode = self.previous


def step(i):
    with Set(False, "eval"):
        with Set(i % 2 == 0, i):
            inner = (state.enabled, state.mode)
            state.mode = "overwritten"
        middle = (state.enabled, state.mode)
    return inner, middle, state.enabled, state.mode


for i in range(8):
    print(step(i if i != 6 else 0.5))
    if i == 4:
        state.__dict__
