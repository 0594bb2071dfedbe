# Bodies that are compiled at each place where they go on: loops, nested loops, locals of every kind.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def evens(items):
    for item in items:
        if item % 2 == 0:
            answer = yield item
            if answer is not None:
                print('answer', answer)


def table(rows, columns):
    for row in range(rows):
        total = 0.5 * row
        for column in range(columns):
            if column == row:
                continue
            total += column / 4
            yield row, column, total
        yield 'row', row


def closure(times):
    def body(a, b=2, *rest, c, **more):
        nonlocal times
        for i in range(times):
            yield a, b, rest, c, more, times
            times += i
    return body


for _ in range(6):
    print(sum(evens(count(100))), list(table(3, 3))[-3:])
    print(list(closure(2)(1, c=3)), list(closure(3)(1, 5, 6, 7, c=3, d=4))[-1])
    print(sum(x * y for x in range(9) for y in range(3) if x != y))
    steps = evens(count(9))
    print(next(steps), steps.send('yes'), list(steps))
