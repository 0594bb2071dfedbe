# Comparisons that change the dict they are made for
class K:
    act = None
    def __init__(s, v): s.v = v
    def __hash__(s): return s.v % 3
    def __eq__(s, o):
        if K.act: 
            a, K.act = K.act, None
            a()
        return s.v == o.v
    def __repr__(s): return "K%d" % s.v
def grow():
    for i in range(100): d[K(i + 1000)] = i
for op in ("d[K(4)]", "d.__setitem__(K(7), 1)", "d.pop(K(4), None)", "d.get(K(4))", "K(4) in d", "d.setdefault(K(10), 3)", "d.__delitem__(K(4))", "d.update({K(4): 2})", "dict(d) == d", "d | {K(4): 1}", "{**d}", "d == dict(e)", "d.keys() & e.keys()", "d.keys() == e.keys()", "d.items() == e.items()", "d.items() - e.items()", "(K(4), 4) in d.items()", "d.fromkeys([K(1), K(4)])"):
    for act in ("d.clear()", "grow()", "d.pop(next(iter(d)), None)", "d.update(e)", "e.clear()", "d.popitem()"):
        d = {K(i): i for i in range(8)}
        e = {K(i): i for i in range(8)}
        K.act = None
        def go(act=act): exec(act, globals())
        K.act = go
        try: r = eval(op)
        except Exception as x: r = type(x).__name__ + str(x)
        K.act = None
        print(op, act, len(d), len(e), len(repr(r)) < 0)
