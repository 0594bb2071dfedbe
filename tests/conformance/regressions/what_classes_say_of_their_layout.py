# __basicsize__ and its kin: read-only, 0 where there is nothing; bits of __flags__. Bases that stand
# for others are for class statements, not for type().
class NoSlots:
    __slots__ = ()


class Slot:
    __slots__ = ("a",)


class Weak:
    __slots__ = ("__weakref__",)


class Dict:
    __slots__ = ("__dict__",)


class Plain:
    pass


class Int(int):
    pass


class Error(Exception):
    pass


class Meta(type):
    pass


class Entries:
    def __mro_entries__(self, bases):
        return (int,)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


FIELDS = ("__basicsize__", "__itemsize__", "__dictoffset__", "__weakrefoffset__")
BITS = (4, 8, 9, 10, 12, 20, 24, 25, 26, 28, 29, 30, 31)
for cls in (object, int, str, tuple, list, dict, float, set, type, Exception, property, NoSlots, Slot,
            Weak, Dict, Plain, Int, Error, Meta, type(attempt), type(print), type(None)):
    print(cls.__name__, [getattr(cls, name) != 0 for name in FIELDS],
          [bit for bit in BITS if cls.__flags__ >> bit & 1])
    for name in FIELDS + ("__flags__",):
        attempt(lambda: setattr(cls, name, 1))
        attempt(lambda: delattr(cls, name))
print(Slot.__basicsize__ > NoSlots.__basicsize__ == object.__basicsize__)
attempt(lambda: Plain().__basicsize__)
for bases in (Entries(),), (int, Entries()), (5,), ("a",):
    attempt(lambda: type("C", bases, {}))
    attempt(lambda: Meta("C", bases, {}))


class FromEntries(Entries()):
    pass


print(FromEntries.__mro__, FromEntries.__orig_bases__[0].__class__)
