# weakref: references that do not keep an object, their callbacks, what cannot have one.
import weakref


class Plain:
    pass


class Slotted:
    __slots__ = ('a',)


class Referable:
    __slots__ = ('a', '__weakref__')


class Named(weakref.ref):
    def __init__(self, target, callback=None, name=''):
        super().__init__(target, callback)
        self.name = name


def gone(reference):
    print('gone', reference() is None)


def use(kind):
    thing = kind()
    first, second = weakref.ref(thing), weakref.ref(thing)
    watched = weakref.ref(thing, gone)
    print(kind.__name__, first is second, first == watched, first() is thing)
    print(weakref.getweakrefcount(thing), watched in weakref.getweakrefs(thing))
    print(watched.__callback__ is gone, hash(first) == hash(thing))
    del thing
    print(first(), watched(), watched.__callback__, first == second, first == watched)


for i in range(3):
    for kind in (Plain, Referable):
        use(kind)
for value in (Slotted(), 5, 'text', None, [], object()):
    try:
        weakref.ref(value)
    except TypeError as error:
        print(error)
print(weakref.ref(Plain)() is Plain, weakref.ref(use)() is use, weakref.getweakrefcount(5))
print(weakref.ref, type(weakref.ref(use)).__name__, weakref.ReferenceType is weakref.ref)
kept = Plain()
named = Named(kept, gone, name='n')
print(named() is kept, named.name, isinstance(named, weakref.ref), weakref.getweakrefs(kept) == [named])
del kept
