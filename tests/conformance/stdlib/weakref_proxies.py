# weakref.proxy: operations reach the referent; a dead one raises ReferenceError
import weakref


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return ('add', self.value, other.value if isinstance(other, Number) else other)

    def __radd__(self, other):
        return ('radd', other)

    def __iadd__(self, other):
        self.value += other
        return self

    def __call__(self, *args, **keywords):
        return args, keywords

    def __len__(self):
        return self.value

    def __iter__(self):
        return iter(range(self.value))

    def __getitem__(self, key):
        return f'item {key}'

    def __contains__(self, item):
        return item == self.value

    def __int__(self):
        return self.value

    def __neg__(self):
        return -self.value


number = Number(3)
proxy = weakref.proxy(number, lambda dead: print('callback'))
uses = [
    lambda: proxy + proxy, lambda: 5 + proxy, lambda: proxy(1, a=2), lambda: len(proxy), lambda: list(proxy),
    lambda: proxy['k'], lambda: 3 in proxy, lambda: int(proxy), lambda: -proxy, lambda: proxy.value,
    lambda: setattr(proxy, 'value', 4), lambda: number.value, lambda: isinstance(proxy, Number),
    lambda: type(proxy).__name__, lambda: proxy == number, lambda: bool(proxy), lambda: hash(proxy),
    lambda: next(proxy), lambda: proxy < number, lambda: weakref.ref(proxy), lambda: weakref.proxy(5),
    lambda: weakref.getweakrefcount(number), lambda: weakref.ProxyType(), lambda: proxy.nothing,
]


def attempt(use):
    try:
        return use()
    except (TypeError, AttributeError, ReferenceError) as error:
        return type(error).__name__, str(error)


for turn in range(6):
    results = [attempt(use) for use in uses]
print(*results, sep='\n')
del number
print(*[attempt(use) for use in uses[:8]], sep='\n')
