# Module for the import scripts: a constant, a counter, functions.
VALUE = 1
counter = 0
_private = "p"


def double(x):
    return x * 2


def read():
    return VALUE
