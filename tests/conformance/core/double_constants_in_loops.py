# A name that holds doubles of different sizes, bound in loops and handlers: one word of many tags.
class Holder:
    q = 2

    def change(self, x):
        return x

    @property
    def p(self):
        return self.q


def settle(o, n):
    for i2 in range(2):
        for i3 in range(2):
            try:
                v4 = o.p
            except (TypeError, AttributeError) as error:
                v5 = len(str(error))
            finally:
                v7 = 3.25
            if (v7 + 3.25) < (5 - v7):
                o.change(4)
            else:
                v7 = (2.0 * (-1 / 4.0))
    return n, v7


for i in range(6):
    print(settle(Holder(), i))
print(settle(None, 2))
