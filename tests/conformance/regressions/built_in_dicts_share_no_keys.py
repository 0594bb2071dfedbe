# Instances of exceptions, ints, tuples and other types that have a dict of their own (or no room
# for one before the object) get a plain dict, whose values die in the order of insertion. Those of
# other classes share their keys: values die by the order of the class. A class attribute found by a
# cache must give way to what such a dict gets later.
import sys


class Leaf:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("leaf", self.name, end=", ")


def deaths(cls, *args):
    instance = cls(*args)
    instance.a, instance.b, instance.c = Leaf("a"), Leaf("b"), Leaf("c")
    del instance.a
    instance.a = Leaf("again a")
    print(cls.__name__, list(instance.__dict__), end=": ")
    del instance
    print()


class Plain:
    pass


BASES = [(object,), (int,), (str,), (float,), (list,), (dict,), (tuple,), (set,), (property,),
         (Exception,), (BaseException,), (OSError,), (StopIteration,), (type(sys), "name"),
         (classmethod, 1), (staticmethod, 1), (Plain,), (type(sys.implementation),)]
for base, *args in BASES:
    deaths(type("Of" + base.__name__, (base,), {}), *args)
    if base not in (object, Plain):
        deaths(type("Mixed" + base.__name__, (Plain, base), {}), *args)
        slots = type("Slots", (base,), {"__slots__": ()})
        deaths(type("Below" + base.__name__, (slots,), {}), *args)


class Error(Exception):
    kind = "class"

    def show(self):
        return "method"


def read(error):
    return error.kind, error.show()


error = Error()
for i in range(40):
    if i == 20:
        error.other = i
    if i == 25:
        error.kind = "instance"
    if i == 30:
        error.show = lambda: "own"
    if i == 35:
        del error.kind
        error.__dict__.pop("show")
    if i % 5 == 0:
        print(i, read(error), list(vars(error)))
    read(error)
