# A pipeline of generators, hot, with values that change type.
def source(n):
    for i in range(n):
        yield i if i % 50 else i * 0.5


def keep(items, test):
    for item in items:
        if test(item):
            yield item


def running(items):
    total = 0
    for item in items:
        total += item
        yield total


for n in (5, 50, 200, 400):
    result = list(running(keep(source(n), lambda x: x % 3 == 0)))
    print(len(result), result[-3:])
