# Doubles that wait for the end of a call, then are negated, boxed, compared and converted.
def call(x):
    return [x]


def negated(n):
    number = -n - 0.25
    call(n)
    return int(-number), -number, number


def boxed(n):
    a, b, c = n * 0.5, n * 0.25, n - 0.125
    first = call(n)
    kept = [a, -b, c]
    second = call(kept)
    return kept, -(a + b), a < -c, second is first


def in_loop(n):
    total = 0.0
    for i in range(n):
        number = i * 1.5
        call(number)
        total += -number
        call(total)
    return -total


for i in range(10):
    print(negated(i), boxed(i), in_loop(i))
