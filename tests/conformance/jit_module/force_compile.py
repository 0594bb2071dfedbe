# force_compile gives a function that computes the same; is_jit_compiled says so.
try:
    import jit
except ImportError:
    jit = None


class Box:
    def __init__(self, value):
        self.value = value


def add(box, n):
    for i in range(n):
        box.value = box.value + i
    return box.value


print(add(Box(0), 100))
if jit is not None:
    jit.force_compile(add)
for start in (0, 10, 0.5, 2 ** 61, -1):
    print(add(Box(start), 100))
try:
    add(Box("s"), 1)
except TypeError as error:
    print(error)
