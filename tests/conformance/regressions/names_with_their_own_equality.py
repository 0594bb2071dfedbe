# getattr(), setattr(), delattr() and hasattr() with a name of a subclass of str: it is looked up by
# its own __hash__ and __eq__, on classes as on instances; what fails while classes are searched
# means "not found"; a class keeps its attributes under plain names.
class Key(str):
    def __eq__(self, other):
        print("  eq", self[:], other[:])
        return str.__eq__(self, other)

    def __hash__(self):
        print("  hash", self[:])
        return str.__hash__(self)


class Alias(str):
    def __eq__(self, other):
        return other == "x"

    def __hash__(self):
        return hash("x")


class Unhashable(str):
    __hash__ = None


class Fails(str):
    def __eq__(self, other):
        raise ZeroDivisionError

    __hash__ = str.__hash__


class Meta(type):
    m = property(lambda cls: "of the metaclass")


class Base:
    x = "of the base"
    p = property(lambda self: "property", lambda self, value: print("  set", value))


class Exc(Exception):
    x = "of the class"


def instance(cls):
    made = cls()
    made.y = "own"
    return made


SUBJECTS = {
    "instance": lambda: instance(type("C", (Base,), {})),
    "exception": lambda: instance(Exc),
    "class": lambda: Meta("C", (Base,), {"y": "own"}),
    "super": lambda: super(Exc, Exc()),
    "built-in": lambda: int,
    "number": lambda: 5,
}
NAMES = [Key("x"), Key("y"), Key("p"), Key("m"), Key("none"), Key("__class__"), Alias("any"),
         Unhashable("x"), Fails("x"), Fails("none")]


def attempt(what, call, *args):
    try:
        result = call(*args)
        print("  =", what, type(result) if isinstance(result, property) else result)
    except Exception as error:
        print("  =", what, type(error).__name__, str(error).split(" at 0x")[0])


for kind, make in SUBJECTS.items():
    for name in NAMES:
        print(kind, type(name).__name__, name[:])
        attempt("get", getattr, make(), name)
        attempt("get", lambda: type.__getattribute__(make(), name))
        attempt("get", lambda: object.__getattribute__(make(), name))
        attempt("has", hasattr, make(), name)
        if name != "__class__":
            subject = make()
            attempt("set", setattr, subject, name, "new")
            if kind in ("instance", "exception", "class"):
                attempt("keys", lambda: [(type(k).__name__, k[:]) for k in vars(subject) if "_" not in k])
            attempt("delete", delattr, subject, name)
            attempt("delete", delattr, make(), name)
