# yield from in depth: results, exceptions and their lines, recursion, a generator asked while it runs.
class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right
        return 'done'


def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(build(low, middle), middle, build(middle + 1, high))


def results(tree):
    answer = yield from iter(tree)
    yield answer


def failing(depth):
    try:
        if depth:
            yield from failing(depth - 1)
        else:
            yield 'deepest'
            raise ValueError('deep')
    finally:
        print('left', depth)


def endless():
    yield from endless()


def asks_itself():
    def inner():
        yield 1
        try:
            next(outer)
        except ValueError as error:
            yield str(error)

    def delegating():
        yield from inner()

    outer = delegating()
    return list(outer)


for _ in range(5):
    print(list(build(0, 20)), list(results(build(0, 3))))
    try:
        print(list(failing(3)))
    except ValueError as error:
        entry, lines = error.__traceback__, []
        while entry is not None:
            lines.append(entry.tb_lineno)
            entry = entry.tb_next
        print(error, lines)
    thrown = failing(2)
    print(next(thrown))
    try:
        thrown.throw(KeyError('into'))
    except KeyError as error:
        print(repr(error), list(thrown))
    try:
        list(endless())
    except RecursionError as error:
        print(error)
    print(asks_itself())
