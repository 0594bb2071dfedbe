# What is left in cycles at the end of a program is finalized, then what __main__ holds.
import gc
import sys
import weakref

gc.disable()


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, self.me is self)


def lost():
    n = Noisy("lost before the end")
    n.me = n


lost()
gc.enable()
kept = Noisy("kept by __main__")
kept.me = kept


def generator():
    me = yield
    try:
        yield me
    finally:
        print("finally")


def suspended():
    g = generator()
    next(g)
    g.send(g)


suspended()
watched = Noisy("watched")
watched.me = watched
print("end")
