# The functions of gc, their results and their errors.
import gc
import sys

print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)
print([n for n in dir(gc) if not n.startswith("_")])
gc.disable()


class C:
    pass


for o in (1, "a", 1.5, None, 2 ** 100, True, [], {}, {1: 2}, {1: []}, {(): 1}, (), ([],), set(),
          frozenset(), C(), C, len, int, gc, lambda: 0, (lambda: 0).__code__, iter([]), range(2), property(),
          object(), ValueError(), [].append, {}.keys(), slice(1), (i for i in [])):
    print(type(o).__name__, gc.is_tracked(o), gc.is_finalized(o))


def attempt(text):
    try:
        result = eval(text)
        print(text, "->", "list" if isinstance(result, list) else result)
    except Exception as e:
        print(text, "->", type(e).__name__, e)


gc.collect()
for text in ("gc.collect(3)", "gc.collect(-1)", "gc.collect('a')", "gc.collect(1, 2)", "gc.collect(0)",
             "gc.collect(generation=1)", "gc.collect(g=1)", "gc.collect(None)", "gc.collect(1.0)",
             "gc.collect(2 ** 70)", "gc.set_threshold()", "gc.set_threshold('a')", "gc.set_threshold(1, 2, 3, 4)",
             "gc.set_threshold(500)", "gc.get_threshold()", "gc.set_threshold(-5, 1)", "gc.get_threshold()",
             "gc.set_threshold(700, 10, 10)", "gc.get_objects(3)", "gc.get_objects(generation=5)",
             "gc.get_objects(-2)", "gc.get_objects('x')", "gc.get_objects(None)", "gc.get_objects(x=1)",
             "gc.set_debug('a')", "gc.set_debug()", "gc.is_tracked()", "gc.is_tracked(1, 2)", "gc.enable(1)",
             "gc.is_finalized()", "gc.get_debug(1)", "gc.get_referents()", "gc.get_referrers()",
             "gc.freeze(1)", "gc.isenabled(0)", "gc.get_count(1)", "gc.get_stats(1)"):
    attempt(text)

print(gc.get_referents([1, 2], (3, 4), {1: 2}, {"a": 5}, 7, "s"))
c = C()
c.x, c.y = 1, 2
print(gc.get_referents(c) == [1, 2, C])
c.__dict__
print(gc.get_referents(c) == [{"x": 1, "y": 2}, C])
x = ["only"]
y, z, t = [x], {"k": x}, (x, 1)
c.x = x
kinds = sorted(type(r).__name__ for r in gc.get_referrers(x))
print(kinds, any(r is globals() for r in gc.get_referrers(x)))
print(any(o is x for o in gc.get_objects()), any(o is c for o in gc.get_objects(2)) or True)

gc.callbacks.append(lambda phase, info: print(phase, sorted(info.items())))
gc.collect()
gc.collect(0)
l = []
l.append(l)
del l
gc.collect(1)
gc.callbacks.clear()
before = gc.get_stats()
gc.collect()
after = gc.get_stats()
print(len(after), sorted(after[2]), after[2]["collections"] - before[2]["collections"])

gc.set_debug(gc.DEBUG_SAVEALL)
c = C()
c.c = c
del c
print(gc.collect(), [type(o).__name__ for o in gc.garbage], gc.get_debug())
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect(), gc.garbage, gc.DEBUG_LEAK, gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE)

c = C()
c.c = c
gc.freeze()
del c
print(gc.collect(), gc.get_freeze_count() > 10, gc.unfreeze(), gc.get_freeze_count(), gc.collect())
print(len(gc.get_count()), gc)
