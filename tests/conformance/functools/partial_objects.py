# partial: flattening, keywords, subclasses, attributes, methods, cycles, repr of itself.
import gc
import weakref
from functools import partial, partialmethod


def show(*args, **keywords):
    return args, keywords


first = partial(show, 1, a=1)
second = partial(first, 2, a=2, b=3)
print(second.func is show, second.args, second.keywords, second(3, c=4))
second.keywords['b'] = 'changed'
print(second(), first(), first(*'xy', **{'a': 0, 'z': 1}))
first.note = 'own attribute'
third = partial(first, 5)
print(third.func is first, third.args, third(6), vars(first))


class Named(partial):
    def __call__(self, *args):
        return 'named', super().__call__(*args)

    @property
    def twice(self):
        return self.args * 2


named = Named(show, 7)
print(named(8), named.twice, partial(named, 9)(), partial(named).func is named, type(Named(named).func).__name__)
print(repr(Named(int, 'a'))[:30], Named(int, 'ff', base=16)('x') if 0 else Named(int, base=16).func)


class Cell:
    def act(self, *args, **keywords):
        return type(self).__name__, args, keywords

    both = partialmethod(act, 'x', y=1)
    of_static = partialmethod(staticmethod(show), 's')
    of_class = partialmethod(classmethod(lambda cls, *rest: (cls.__name__, rest)), 'c')
    nested = partialmethod(both, 'n', y=2)
    not_bound = partial(show, 'plain')


cell = Cell()
for k in range(6):
    answers = cell.both(k), cell.of_static(k), cell.of_class(k), Cell.of_class(), cell.nested(y=k), cell.not_bound()
print(answers)
print(Cell.both(cell, 1), repr(Cell.__dict__['both'])[:40])


def ring():
    def inner():
        return hold
    hold = partial(inner)
    hold.keywords['self'] = hold
    return weakref.ref(hold)


alive = ring()
gc.collect()
print(alive())
looped = partial(show)
looped.__setstate__((looped, (looped,), {'k': looped}, {'n': 1}))
print(repr(looped), looped.n)
looped.__setstate__((show, (), {}, None))
text = partial(show, 1)
print(text.__reduce__()[1:][1][1:])
for bad in (lambda: partial(show).__setstate__(()), lambda: looped.__setstate__((1, 2, 3, 4)), lambda: partial(3)):
    try:
        bad()
    except TypeError as error:
        print(error)
