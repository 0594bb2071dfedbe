# Second half of an import cycle: sees the names that ring_a has so far.
import ring_a

name = ring_a.name + "b"
