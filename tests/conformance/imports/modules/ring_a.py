# First half of an import cycle.
name = "a"
import ring_b


def both():
    return name + ring_b.name
