# Two modules that import each other.
import sys

sys.path.insert(0, "modules")

import ring_a

print(ring_a.name, ring_a.ring_b.name, ring_a.ring_b.ring_a is ring_a, ring_a.both())
