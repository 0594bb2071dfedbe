# Stores to class attributes in hot code: plain data over plain data, then everything else.
class Base:
    level = 0
    shared = "base"


class Scope(Base):
    depth = 0
    name = "root"
    flag = False
    ratio = 0.5


class Loud:
    def __get__(self, instance, owner):
        return "loud %s" % owner.__name__

    def __set__(self, instance, value):
        print("set", value)


def step(value, name):
    Scope.depth = Scope.depth + 1
    Scope.name = name
    Scope.flag = not Scope.flag
    Scope.ratio = Scope.ratio * 2.0
    Scope.level = value


def read(scope):
    return scope.depth, scope.name, scope.flag, scope.ratio, scope.level, Base.level


scope = Scope()
for i in range(30):
    step(i, "scope %d" % (i % 3))
print(read(scope))
# The inherited name has become an own one; deleting it uncovers the base.
del Scope.level
print(read(scope))
step(77, "own again")
print(read(scope), Base.level)
# Values of other kinds in the same cells.
for value in (1.5, "text", None, True, 10 ** 30, [1], Scope, step):
    step(value, "kinds")
    print(Scope.level is value, scope.depth)
# A descriptor comes and goes; instances and the class must see it at once.
step(Loud(), "descriptor")
print(scope.level, Scope.level)
scope.level = 5
step(3, "plain again")
print(scope.level, Scope.level)
scope.level = 6
print(scope.level, Scope.level, scope.__dict__)


class Plain:
    pass


plain = Plain()
step(plain, "instance of a class")
print(Scope.level is plain, scope.level)
Plain.__get__ = lambda self, instance, owner: "now a descriptor"
print(Scope.level)
step(plain, "again")
print(Scope.level, read(Scope())[4])


# Metaclasses decide first.
class Meta(type):
    def __setattr__(cls, name, value):
        type.__setattr__(cls, name, ("meta", value))


class Guarded(metaclass=Meta):
    depth = 0


def guarded(value):
    Guarded.depth = value
    return Guarded.depth


for i in range(10):
    guarded(i)
print(guarded(1))


class Special:
    __hash__ = None
    limit = 1


def special(value):
    Special.__len__ = value
    Special.limit = 2


for i in range(10):
    special(lambda self: i)
print(len(Special()))
special(None)
try:
    len(Special())
except TypeError as error:
    print(error)
try:
    int.limit = 1
except TypeError as error:
    print(error)
