# MemoryError inside with blocks and attribute stores: managers run, state is restored.
# status: 0
# options: --memory-limit=64M
# stdout: ^restored 3 MemoryError$
# python3: no
class State:
    depth = 3


class Scope:
    seen = None

    def __enter__(self):
        self.saved = State.depth
        State.depth = 0
        self.data = []

    def __exit__(self, exc_type, *rest):
        State.depth = self.saved
        Scope.seen = exc_type
        self.data = None
        return True


scope = Scope()
with scope:
    while True:
        scope.data.append([0.5, "text"] * 10)
print("restored", State.depth, Scope.seen.__name__)
