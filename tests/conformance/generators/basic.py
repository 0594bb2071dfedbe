# Generator functions in for loops, next, unpacking; state between yields.
def count(start, stop, step=1):
    while start < stop:
        yield start
        start += step
    return "done"


def squares(items):
    for item in items:
        yield item * item


for i in range(6):
    print(list(count(0, i)), list(squares(count(0, 2, 0.5))), sum(squares(range(i))))
g = count(0, 2)
print(next(g), next(g), next(g, "default"))
try:
    next(count(5, 5))
except StopIteration as error:
    print(error.value)
a, *b = count(1, 5)
print(a, b, 3 in count(0, 10), iter(g) is g)
