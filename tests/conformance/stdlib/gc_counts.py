# What gc.collect() returns: the containers of the cycles, as CPython counts them.
import gc
import weakref

gc.disable()
gc.collect()


class C:
    def method(self):
        pass


def count(label, make):
    gc.collect()
    make()
    print(label, gc.collect(), gc.collect())


def inline():
    x = C()
    x.s = x
    x.n = 12345678901234567890
    x.t = "text" * 3


def materialised():
    x = C()
    x.__dict__
    x.s = x


def a_list():
    x = []
    x.append(x)


def a_dict():
    x = {}
    x[1] = x


def plain_inside():
    x = [1, 2.5, "a", {}, {1: 2}, None]
    x.append(x)


def pair():
    a, b = C(), C()
    a.b = b
    b.a = a


def through_tuple():
    x = ([],)
    x[0].append(x)


def closure():
    def g(n):
        return g(n)
    return g


def bound():
    x = C()
    x.m = x.method


def wrapper():
    x = C()
    x.m = x.__init__


def empty_class():
    class A:
        pass


def method_class():
    class A:
        def f(self):
            return 1


def super_class():
    class A:
        def f(self):
            return super().f()


def slots_class():
    class A:
        __slots__ = ("a", "b")
    a = A()
    a.a = a


def iterators():
    x = [1]
    x.append(iter(x))


def views():
    x = {}
    x[1] = x.values()


def properties():
    x = C()
    x.p = [property(lambda s: 1), x]


def generator():
    def g():
        me = yield
        yield me
    x = g()
    next(x)
    x.send(x)


callbacks = []
keep = []


def weakref_outside():
    x = C()
    x.me = x
    keep.append(weakref.ref(x, callbacks.append))


def weakref_inside():
    x = C()
    x.me = [x, weakref.ref(x), weakref.ref(x, callbacks.append)]


class Phoenix:
    def __del__(self):
        keep.append(self)


def resurrected():
    x = Phoenix()
    x.x = x


for f in (inline, materialised, a_list, a_dict, plain_inside, pair, through_tuple, closure, bound, wrapper,
          empty_class, method_class, super_class, slots_class, iterators, views, properties, generator,
          weakref_outside, weakref_inside, resurrected):
    count(f.__name__, f)
print(len(callbacks), callbacks[0]() is None, len(keep))
keep.clear()
print(gc.collect())
