# int() of a float that is computed before a call, and converted behind it.
class Adder:
    def __init__(self, value):
        self.value = value

    def add(self, x):
        return self.value + x


def across(n):
    number = 3.25 - (n - 0.0)
    return len([j for j in (6, -1, 3) if j != 4]) + int(number)


def in_loop(n):
    number = -(0.5 + n)
    text = ''
    total = 0
    for i in range(4):
        text = f'{i}-{number:.2f}'
        total ^= int(number) // 3
    return text, total


def many(adder, n):
    a, b, c = n * 1.5, n / 2.0, n - 0.25
    total = adder.add(n)
    return int(a) + int(b) + int(c) + total + adder.add(int(a)) + int(b * c)


for i in range(8):
    print(across(i), in_loop(i), many(Adder(i), i))
for function in across, in_loop:
    print(function(2**70), function(0.75))
