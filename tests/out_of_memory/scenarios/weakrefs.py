# Weak references with callbacks, weak references that die first, subclasses of them.
import sys
import weakref

sys.stderr = None  # what fails in a callback is said there


class Watched:
    pass


def scenario():
    dead = []
    watched = Watched()
    watched.x = 1
    references = [weakref.ref(watched, lambda ref: dead.append(ref)) for i in range(4)]
    plain = weakref.ref(watched)
    same = plain() is watched, plain is weakref.ref(watched), references[0] == plain
    del references[1]
    del watched
    return same, plain() is None, [reference() for reference in references]


result = scenario()
