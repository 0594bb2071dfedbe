# Augmented stores to attributes of every operator, the owner evaluated once.
class Box:
    def __init__(self):
        self.n = 10
        self.items = []
        self.text = ""


box = Box()


def get():
    calls[0] += 1
    return box


calls = [0]
for i in range(1, 8):
    get().n += i
    get().n *= 2
    get().n -= 1 if i != 5 else 0.5
    get().items += [i]
    get().text += "%d" % i
print(box.n, box.items, box.text, calls)
box.n = 100
box.n //= 7; box.n %= 9; box.n **= 3; box.n <<= 2; box.n |= 1; box.n &= 0xFF
box.n ^= 5; box.n >>= 1
print(box.n)
box.n /= 4
print(box.n)
try:
    box.unknown += 1
except AttributeError as error:
    print(error)
