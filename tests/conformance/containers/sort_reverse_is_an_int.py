# The reverse argument of sort() and sorted() is a C int, and is looked at when the list is there.
class Index:
    def __index__(self):
        print('index')
        return 1


def items():
    print('items')
    yield from (2, 3, 1)


def attempt(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__, str(error)


for reverse in (True, False, 0, 2, -1, None, 0.5, '', (), 2 ** 31 - 1, 2 ** 31, -2 ** 31 - 1, 2 ** 70,
                Index()):
    print(attempt(lambda: sorted(items(), reverse=reverse)))
    print(attempt(lambda: [3, 1, 2].sort(reverse=reverse)))
print(attempt(lambda: sorted(5, reverse=None)))
print(attempt(lambda: '{:^+14,}'.format('')))
print(attempt(lambda: '{:=_}'.format('')))
print(attempt(lambda: '{:#,s}'.format('')))
print(attempt(lambda: format(1, ',s')))
