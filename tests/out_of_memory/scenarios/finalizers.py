# __del__ with and without resurrection, weak references with callbacks.
import sys
import weakref

sys.stderr = None  # a finalizer that lacks memory says so there

kept = []


class Phoenix:
    def __init__(self, name):
        self.name = name
        self.lives = 1

    def __del__(self):
        if self.lives:
            self.lives -= 1
            kept.append(self)


class Watched:
    pass


def scenario():
    del kept[:]
    phoenix = Phoenix('first')
    phoenix.extra = [1, 2]
    del phoenix
    back = kept.pop() if kept else None
    name = back.name if back else 'first'
    del back
    dead = []
    watched = Watched()
    reference = weakref.ref(watched, lambda ref: dead.append(ref))
    same = reference() is watched
    del watched
    chain = None
    for i in range(300):
        chain = [chain, Watched()]
    del chain
    return name, same, reference() is None


result = scenario()
