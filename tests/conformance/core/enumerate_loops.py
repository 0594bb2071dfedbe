# Loops over enumerate(), and what it keeps of the last pair.
import sys


def pairs(iterable, start=0):
    found = []
    for number, item in enumerate(iterable, start):
        found.append((number, item))
    return found


print(pairs([]), pairs(['a']), pairs(['a', 'b', 'c']))
print(pairs(range(3)), pairs('abc'), pairs((1, 2)), pairs({'k': 1}), pairs(iter([5, 6])))
print(pairs([1, 2, 3], -2), pairs([1, 2, 3], 2 ** 60 - 2), pairs([1, 2, 3], 2 ** 64))
print(pairs([1, 2, 3], -2 ** 60 - 1), pairs(range(2), True))


class Item:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def drops():
    items = [Item('a'), Item('b'), Item('c'), Item('d')]
    for number, item in enumerate(items):
        items[number] = None
        print('has', item.name)
        del item
        print('next')
    print('behind')


drops()


def keeps_pair():
    kept = []
    for pair in enumerate([10, 20, 30]):
        kept.append(pair)
    return kept


print(keeps_pair())


def both_ways():
    numbered = enumerate([1, 2, 3, 4, 5, 6])
    first = next(numbered)
    for a, b in numbered:
        print(first, a, b)
        if a == 2:
            break
    for pair in numbered:
        print(pair)
        break
    for a, b in numbered:
        print(a, b)


both_ways()


def changing():
    items = [1, 2]
    for number, item in enumerate(items):
        if len(items) < 6:
            items.append(number)
        print(number, item)


changing()


class Counted(enumerate):
    def __next__(self):
        number, item = super().__next__()
        return number * 10, item


for number, item in Counted('xyz'):
    print(number, item)


def wrong():
    for number, item in [(1, 2), (1, 2, 3)]:
        print(number, item)


try:
    wrong()
except ValueError as error:
    print(error)


def fails():
    yield 1
    raise KeyError('inside')


try:
    for number, item in enumerate(fails()):
        print(number, item)
except KeyError as error:
    print('KeyError', error, error.__traceback__.tb_next is not None)


class Asks:
    def __init__(self, name, numbered):
        self.name = name
        self.numbered = numbered

    def __del__(self):
        print('inner', self.name, next(self.numbered[0], None))


def asked_while_it_drops():
    numbered = [None]
    items = [Asks(1, numbered), Asks(2, numbered), 3, 4, 5, 6, 7]
    numbered[0] = enumerate(items)
    for number, item in numbered[0]:
        print(number, type(item).__name__)
        items[number] = 0
        item = None
        print('-')


asked_while_it_drops()
