# Special methods of every family on a class of one's own, hooks of attribute access, subclasses.


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + getattr(other, 'value', other))

    __radd__ = __add__

    def __iadd__(self, other):
        self.value += 10 ** 20
        return self

    def __mul__(self, other):
        return NotImplemented

    def __eq__(self, other):
        return [self.value] == [getattr(other, 'value', other)]

    def __hash__(self):
        return hash((self.value, 'x'))

    def __bool__(self):
        return bool([self.value])

    def __index__(self):
        return 2

    def __format__(self, spec):
        return format(self.value, spec) + '!'

    def __str__(self):
        return 'number ' + repr(self.value)

    def __call__(self, *args, **kwargs):
        return args, kwargs

    def __getitem__(self, key):
        if key == 3:
            raise IndexError(key)
        return [key]

    def __setitem__(self, key, value):
        self.__dict__['item'] = (key, value)

    def __delitem__(self, key):
        del self.item

    def __contains__(self, key):
        return key in [1, 2]


class Hooked:
    def __getattribute__(self, name):
        if name.startswith('virtual'):
            return [name]
        return super().__getattribute__(name)

    def __setattr__(self, name, value):
        super().__setattr__(name, (value,))

    def __delattr__(self, name):
        object.__delattr__(self, name)


class Table(dict):
    def __missing__(self, key):
        self[key] = [key]
        return self[key]


class Words(str):
    def __new__(cls, text, **kwargs):
        made = super().__new__(cls, text)
        made.words = text.split()
        return made


def scenario():
    one = Number(1)
    found = [str(one + 2), str(2 + one), f'{one:>5}', '%s' % one, one(1, k=2), [*one], list(one)]
    one += 1
    one[5] = 6
    del one[5]
    found += [str(one), 1 in one, {one: 1} == {Number(one.value): 1}, [0, 0] == [0] * one]
    try:
        one * 2
    except TypeError as error:
        found.append(str(error))
    hooked = Hooked()
    hooked.a = 1
    found += [hooked.a, hooked.virtual_thing]
    del hooked.a
    table = Table()
    found.append((table['k'], table, sorted(table)))
    words = Words('a b c')
    words.more = 1
    found.append((words.words, words.upper(), words.__dict__))
    found.append((divmod(7, 2), pow(2, 100), sum([[1], [2]], []), hasattr(one, 'missing')))
    found.append(isinstance(one, (int, Number)) and issubclass(Table, dict))
    return repr(found)


result = scenario()
