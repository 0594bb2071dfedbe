"""Context managers nested three deep, each saving and restoring attributes of a shared state."""
import sys

MASK = 0xFFFFFFFF


class State:
    def __init__(self):
        self.grad_enabled = 1
        self.dtype = 32
        self.depth = 0
        self.counter = 0


class NoGrad:
    def __init__(self, state):
        self.state = state
        self.prev = 0

    def __enter__(self):
        self.prev = self.state.grad_enabled
        self.state.grad_enabled = 0
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.state.grad_enabled = self.prev
        return False


class Autocast:
    def __init__(self, state, dtype):
        self.state = state
        self.dtype = dtype
        self.prev = 0

    def __enter__(self):
        self.prev = self.state.dtype
        self.state.dtype = self.dtype
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.state.dtype = self.prev
        return False


class ProfileScope:
    def __init__(self, state):
        self.state = state
        self.prev = 0

    def __enter__(self):
        self.prev = self.state.depth
        self.state.depth = self.prev + 1
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.state.depth = self.prev
        return False


def run(n):
    state = State()
    for i in range(n):
        with NoGrad(state):
            with Autocast(state, 16):
                with ProfileScope(state):
                    state.counter = (
                        state.counter + state.dtype + state.depth + state.grad_enabled + (i & 7)
                    ) & MASK
    return (state.counter + state.grad_enabled + state.dtype + state.depth) & MASK


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
