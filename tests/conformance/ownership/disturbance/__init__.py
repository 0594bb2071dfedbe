"""Finalizers that disturb the very object whose operation runs them.

A point is a function that makes a target, puts a Watcher where the operation under test gives up its
last reference, and does the operation. `run` does each point once for each way of disturbing. Every
finalizer collects before and after: that is when --check-heap=gc looks at the heap.
"""
import gc

log = []
kept = []


class State:
    target = None
    disturb = None


class Watcher:
    """Dies at the point under test."""

    def __init__(self, label='w'):
        self.label = label

    def __del__(self):
        disturb = State.disturb
        if disturb is None or State.target is None:
            return
        State.disturb = None  # what the disturbance itself gives up is not watched
        gc.collect()
        log.append((self.label, disturb(State.target, self)))
        gc.collect()
        State.disturb = disturb

    def __repr__(self):
        return 'Watcher(%r)' % (self.label,)

    # Sortable and hashable, equal by label.
    def __lt__(self, other):
        return self.label < other.label

    def __eq__(self, other):
        return isinstance(other, Watcher) and self.label == other.label

    def __hash__(self):
        return hash(self.label)


def watch(target):
    """Makes `target` what finalizers disturb from now on."""
    State.target = target
    return target


def resurrect(target, watcher):
    kept.append(watcher)
    return 'kept'


def run(points, disturbances):
    for point in points:
        for disturb in [*disturbances, resurrect]:
            del log[:]
            State.disturb = disturb
            try:
                result = point()
            except Exception as error:
                result = '%s: %s' % (type(error).__name__, error)
            State.disturb = State.target = None
            print(point.__name__, disturb.__name__, log, result)
            gc.collect()
            del kept[:]
