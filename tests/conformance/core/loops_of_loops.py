# Loops in loops, with handlers and names that are bound on some paths only: what the verifier knows of
# each name takes many rounds to settle.
class Holder:
    def change(self, x):
        self.last = {'k': x, 1: x}
        return x + 2


def settle(o, n):
    v0 = n
    v1 = -0.0
    for i2 in range(2):
        for i3 in range(5):
            if isinstance(o, Holder):
                o.change(v0)
                shared = i2
            else:
                v1 = (-v1 * (v0 & n))
            try:
                v4 = f'{v0}-{0.5:.2f}'
            except (TypeError, AttributeError) as error:
                v5 = len(str(error))
                i2 -= i3
        if (v0 + n) <= 0:
            for i6 in range(1):
                v7 = {j: j * -3 for j in range(3)}
                o.change(i6)
            else:
                v1 = v1
            v8 = [((2**53 + 1) % 6), o.change(-(2**60))]
        else:
            for i9 in range(4):
                v10 = ((n + -1) % 3)
    for i11 in range(5):
        for i12 in range(3):
            if len([j + (1 << 31) for j in range(2)]) < o.change(i11):
                v13 = ((i2 >> 3) - -n)
            else:
                v14 = {'k': (i12 // 3), 1: (9 // 8)}
    for i15 in range(1):
        if (4 >= n) or ((v1 == -1.5) or (i11 <= n)):
            if isinstance(o, Holder):
                continue
        else:
            v16 = o
        v0 ^= Holder().change(v0)
    return v0, v1


class Other(Holder):
    pass


for i in range(8):
    print(settle(Holder(), i), settle(Other(), -i))
for value in 'text', None:
    try:
        print(settle(Holder(), value))
    except TypeError as error:
        print(error)
