# __del__ of objects in cycles: once each, before anything is cleared; resurrection.
import gc
import weakref

gc.disable()
log = []


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append((self.name, self.other.name))


def pair():
    a, b = Node("a"), Node("b")
    a.other, b.other = b, a


pair()
print(gc.collect() > 0, sorted(log))
log.clear()

saved = []


class Phoenix:
    deaths = 0

    def __del__(self):
        Phoenix.deaths += 1
        saved.append(self)


def phoenix():
    p = Phoenix()
    p.me = p
    p.friend = Node("friend of phoenix")
    p.friend.other = p.friend
    p.value = [1, 2, 3]


phoenix()
log.clear()
print(gc.collect(), Phoenix.deaths, len(saved), saved[0].value, log)
print(gc.is_finalized(saved[0]), saved[0].me is saved[0], saved[0].friend.name)
saved.clear()
gc.collect()
print(Phoenix.deaths, len(saved), log)


# Only what is reachable from the survivor survives.
def part():
    p = Phoenix()
    other = Node("other")
    other.other = other
    other.p = p
    p.me = p
    log.append(weakref.ref(other))


log.clear()
part()
print(gc.collect() > 0, Phoenix.deaths, len(saved), log[0](), log[1:])
saved.clear()
gc.collect()


class Breaker:
    def __del__(self):
        log.append("broken")
        self.__dict__.clear()


def breaker():
    b = Breaker()
    b.b = b


log.clear()
breaker()
print(gc.collect(), log)


class Raiser:
    def __del__(self):
        raise ValueError("in del")


def raiser():
    r = Raiser()
    r.r = r


raiser()
print(gc.collect())


# The finally blocks of a suspended generator in a cycle run.
def body():
    me = yield
    try:
        yield me
    finally:
        log.append("finally")


def generator():
    g = body()
    next(g)
    g.send(g)


log.clear()
generator()
gc.collect()
print(log)


# A finalizer that collects itself, and makes new garbage.
class Nested:
    def __del__(self):
        log.append(gc.collect())
        n = Node("new")
        n.other = n


def nested():
    n = Nested()
    n.n = n


log.clear()
nested()
print(gc.collect(), log)
print(gc.collect() > 0, log)


class Meta(type):
    def __del__(cls):
        log.append("class " + cls.__name__)


def classes():
    class A(metaclass=Meta):
        pass

    class B(A):
        def __del__(self):
            log.append("instance of " + type(self).__mro__[1].__name__)
    b = B()
    b.b = b


log.clear()
classes()
gc.collect()
print(sorted(log), object.__subclasses__()[-1].__name__ != "A")
