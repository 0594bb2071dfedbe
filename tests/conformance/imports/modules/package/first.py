# Submodule with a relative import of its sibling.
from . import second


def greet():
    return "first sees " + second.value
