# len(), isinstance() and list.append() as the interpreter knows them, and where it must not.
class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Words(list):
    def __len__(self):
        return 100

    def append(self, item):
        super().append((item, item))


class Text(str):
    def __len__(self):
        return 7


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def length(value):
    return len(value)


for value in ([], [1, 2], (), (1,), '', 'abc', 'äß€', {}, {1: 2}, {3, 4}, range(5), b'ab', Sized(3),
              Sized(-1), Sized('x'), Sized(2 ** 70), Words([1]), Text('a'), 5, None, len):
    print(length(value) if not isinstance(value, (Sized, int, type(None), type(len))) else
          attempt(length, value))
print(attempt(lambda: len()), attempt(lambda: len([], [])), attempt(lambda: len(obj=[])))


class Meta(type):
    def __instancecheck__(cls, value):
        return value == 'odd'


class Odd(metaclass=Meta):
    pass


class Base:
    pass


class Middle(Base):
    pass


class Derived(Middle):
    pass


class Pretends:
    __class__ = Base


class PretendsByProperty:
    @property
    def __class__(self):
        return Middle


class Refuses:
    @property
    def __class__(self):
        raise ValueError('no class')


def check(value, kind):
    return isinstance(value, kind)


KINDS = (Base, Middle, Derived, Odd, object, int, bool, type, (int, Base), (), int | str)
for value in (Base(), Middle(), Derived(), Pretends(), PretendsByProperty(), 3, True, 'odd', Base,
              None, 2 ** 80, 1.5):
    print([attempt(check, value, kind) for kind in KINDS])
print(attempt(check, Refuses(), Base), attempt(check, 1, 5), attempt(check, 1, (int, 5)))
print(attempt(check, 1, ('x', int)), attempt(lambda: isinstance(1)))
one = Base()
print(check(one, Derived))
one.__class__ = Derived
print(check(one, Derived), check(one, Middle))
Middle.__bases__ = (Base,)
print(check(one, Base))


def push(items, item):
    return items.append(item)


items = []
print([push(items, k) for k in range(20)], items)
words = Words()
print(push(words, 1), list(words))
print(attempt(lambda: [].append()), attempt(lambda: [].append(1, 2)))
print(attempt(lambda: list.append(items)), list.append(items, 'x'), items[-1])
print(attempt(lambda: list.append((), 1)))


def fill(n):
    found = []
    add = found.append
    for k in range(n):
        found.append(k)
        add(-k)
    found.append(found)
    return found


print(fill(6))


class Noisy:
    def __del__(self):
        print('del')


def drop():
    found = []
    found.append(Noisy())
    found.pop()
    print(len([Noisy()]), isinstance(Noisy(), Noisy))
    print('end')


drop()

len_before = len
len = lambda value: 'mine'
print(length([1]))
len = len_before
print(length([1]))


class Iterates:
    def __iter__():
        pass


def contains(container, item):
    return item in container


for container in (Iterates(), 5, Base(), object):
    print(attempt(contains, container, 1))
one = Iterates()
print(attempt(''.join, one), attempt(b''.join, one), attempt(bytes, one), attempt(list, one))


def assign(value, step):
    found = [1, 2, 3, 4]
    found[::step] = value
    return found


for value in (one, 5, (7, 8), [7, 8], 'ab', {1: 2}, iter([9, 9])):
    print(attempt(assign, value, 1), attempt(assign, value, 2))


class LeavesOut(type):
    def mro(cls):
        return [cls, object]


class Alone(Base, metaclass=LeavesOut):
    pass


print(check(Alone(), Base), check(Alone(), Alone), check(Alone(), object))
