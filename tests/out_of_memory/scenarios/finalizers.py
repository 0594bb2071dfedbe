# __del__ with and without resurrection, at the ends of variables, attributes, items and long chains.
import sys

sys.stderr = None  # what fails in a finalizer is said there

kept = []


class Phoenix:
    def __init__(self, name):
        self.name = name
        self.lives = 1

    def __del__(self):
        if self.lives:
            self.lives -= 1
            kept.append(self)


class Reader:
    count = 0

    def __init__(self, other=None):
        self.other = other

    def __del__(self):
        self.found = [hasattr(self, 'other'), dict(self.__dict__)]
        Reader.count += 1


def scenario():
    del kept[:]
    phoenix = Phoenix('first')
    phoenix.extra = [1, 2]
    del phoenix
    back = kept.pop() if kept else None
    if back is not None:
        back.later = back.__dict__
        del back.later
    del back
    holder = Reader(Reader())
    holder.other = Reader()
    holder.more = {1: Reader()}
    holder.more[1] = None
    del holder.other
    items = [Reader(i) for i in range(5)]
    items[1:3] = [0]
    items.clear()
    chain = None
    for i in range(300):
        chain = Reader(chain) if i % 50 == 0 else [chain]
    del chain
    return 'survived'


result = scenario()
