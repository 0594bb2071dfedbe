# __hash__ that clears the dict it is asked for
class K:
    def __init__(s, v): s.v = v
    def __hash__(s):
        d.clear(); return 1
    def __eq__(s, o): return True
for op in ("d[K(1)]", "d.__setitem__(K(1), 1)", "d.pop(K(1), 2)", "d.setdefault(K(1), 2)", "d.get(K(1))", "K(1) in d", "d.__delitem__(K(1))", "d.update([(K(1), 1)])"):
    d = {i: i for i in range(50)}
    try: print(op, eval(op))
    except KeyError: print(op, 'KeyError')
    print(len(d))
