# Cycles through every kind of container are collected: a weak reference tells.
import gc
import weakref

gc.disable()


class Node:
    def method(self):
        return self


class Slots:
    __slots__ = ("a", "b", "__weakref__")


def gone(label, make):
    mark = Node()
    alive = weakref.ref(mark)
    make(mark)
    del mark
    before = alive() is not None
    gc.collect()
    print(label, before, alive() is None)


def instance(mark):
    mark.me = mark


def instance_dict(mark):
    mark.__dict__["me"] = mark


def instance_combined(mark):
    for i in range(40):
        setattr(mark, "a%d" % i, mark)


def in_list(mark):
    mark.items = [mark]


def in_dict(mark):
    mark.keys = {mark: mark}


def in_set(mark):
    mark.items = {mark}


def in_frozenset(mark):
    mark.items = (frozenset([mark]),)


def in_slots(mark):
    s = Slots()
    s.a = s
    s.b = mark
    mark.s = s


def bound(mark):
    mark.bound = mark.method


def native_bound(mark):
    mark.items = []
    mark.items.append((mark, mark.items.append))


def closure(mark):
    def f():
        return mark, f
    mark.f = f


def defaults(mark):
    def f(a=mark, *, b=mark):
        return a
    f.mark = f
    mark.f = f


def in_class(mark):
    class C(Node):
        attribute = mark

        def f(self):
            return super().method()
    mark.c = C
    C.instance = C()


def properties(mark):
    mark.p = [property(lambda self: mark), classmethod(lambda c: mark), staticmethod(lambda: mark)]


def generator(mark):
    def g():
        me = yield
        yield me, mark
    it = g()
    next(it)
    it.send(it)
    mark.it = it


def exception(mark):
    def f():
        raise ValueError(mark)
    try:
        f()
    except ValueError as e:
        mark.e = e
        e.args = (e, mark)


def traceback(mark):
    def f():
        local = mark
        raise KeyError(local)
    try:
        f()
    except KeyError as e:
        mark.tb = e.__traceback__


def iterators(mark):
    mark.items = items = [mark]
    items.append([iter(items), reversed(items), map(str, items), zip(items, items), enumerate(items)])
    items.append([iter(lambda: mark, 1), filter(None, items), slice(mark, items)])
    d = {1: mark}
    items.append([d.keys(), iter(d.values()), iter(d.items())])


def supers(mark):
    mark.s = super(Node, mark)


def weak(mark):
    mark.w = weakref.ref(mark, lambda r: print("never"))


def subclasses(mark):
    class L(list):
        pass

    class D(dict):
        pass

    class T(tuple):
        pass

    class I(int):
        pass
    i = I(5)
    i.t = T([mark])
    l = L([i])
    d = D(l=l)
    d.d = d
    mark.d = d


for f in (instance, instance_dict, instance_combined, in_list, in_dict, in_set, in_frozenset, in_slots,
          bound, native_bound, closure, defaults, in_class, properties, generator, exception, traceback,
          iterators, supers, weak, subclasses):
    gone(f.__name__, f)
print(gc.collect(), gc.garbage)
