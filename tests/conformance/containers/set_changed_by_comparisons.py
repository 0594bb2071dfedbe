# Comparisons that change the set they are made for
class K:
    act = None
    def __init__(s, v): s.v = v
    def __hash__(s): return s.v % 3
    def __eq__(s, o):
        if K.act:
            a, K.act = K.act, None
            a()
        return s.v == o.v
def grow():
    for i in range(100): d.add(K(i + 1000))
for op in ("d.add(K(4))", "d.discard(K(4))", "d.remove(K(4))", "K(4) in d", "d.update([K(4), K(99)])", "d | e", "d & e", "d - e", "d ^ e", "d == e", "d <= e", "d < e", "d.isdisjoint(e)", "d.intersection_update(e)", "d.difference_update(e)", "d.symmetric_difference_update(e)", "d.symmetric_difference(e)", "d.union(e, e)", "d.issuperset(list(e))", "d.intersection(list(e))", "set(d) == frozenset(e)", "hash(frozenset(d))", "d.difference(list(e))"):
    for act in ("d.clear()", "grow()", "d.pop()", "d.update(e)", "e.clear()", "e.add(K(55))"):
        d = {K(i) for i in range(8)}
        e = {K(i) for i in range(8)}
        def go(act=act):
            try: exec(act, globals())
            except KeyError: pass
        K.act = go
        try: r = eval(op)
        except Exception as x: r = 1
        K.act = None
        print(op, act, len(e) >= 0)
