# Weak references to garbage: dead before finalizers run; callbacks of living references are called.
import gc
import weakref

gc.disable()
log = []


class C:
    def __del__(self):
        log.append(("del", self.probe() is None))


def cycle(probe=None):
    c = C()
    c.me = c
    c.probe = weakref.ref(c)
    return c


c = cycle()
w = weakref.ref(c)
x = weakref.ref(c, lambda r: log.append(("callback", r is x, r() is None)))
del c
print(log, w() is not None)
gc.collect()
print(log, w(), x())
log.clear()


class D:
    pass


# In the trash itself: the callback never runs.
d = D()
d.w = weakref.ref(d, lambda r: log.append("never"))
d.d = d
del d
gc.collect()
print(log)

# A callback that raises, one that makes garbage, one that collects.
d = D()
d.d = d


def raises(r):
    raise KeyError("callback")


def makes(r):
    n = D()
    n.n = n
    log.append("made")


def collects(r):
    log.append(gc.collect())


refs = [weakref.ref(d, f) for f in (raises, makes, collects)]
del d
print(gc.collect())
print(sorted(map(str, log)), [r() for r in refs])
log.clear()
print(gc.collect())


# Resurrection does not bring weak references back.
class Phoenix:
    def __del__(self):
        log.append(self)


p = Phoenix()
p.p = p
w = weakref.ref(p)
del p
gc.collect()
print(w(), len(log), weakref.ref(log[0])() is log[0])


# A finalizer that makes a weak reference to itself and to its neighbour.
class Maker:
    def __del__(self):
        made.append(weakref.ref(self))
        made.append(weakref.ref(self.other, lambda r: log.append("neighbour")))


made = []
log.clear()
a, b = Maker(), D()
a.other, b.other = b, a
del a, b
gc.collect()
print([r() for r in made])
