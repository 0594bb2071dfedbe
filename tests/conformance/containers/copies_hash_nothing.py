# Copies of dicts and sets use the hashes they keep; equality is asked only where keys can meet
class K:
    def __init__(self, v): self.v = v
    def __hash__(self):
        print('hash', self.v)
        return self.v % 2
    def __eq__(self, other):
        print('eq', self.v, other.v)
        return self.v == other.v
    def __repr__(self): return f'K{self.v}'
d = {K(1): 1, K(2): 2, K(3): 3}
print('copies')
print({**d}, dict(d), d.copy(), d | {})
print('merge')
e = {K(3): 4}
e.update(d)
print(e)
print({**d, **e})
d |= e
print(d)
print('holes')
first = next(iter(d))
del d[first]
print({**d})
print(set(d), len(set(d) | set(e)))
print(dict.fromkeys(d), list(d), sorted(d, key=lambda k: -k.v))
s = set(d)
print('set copies')
print(s.copy(), frozenset(s), set(s), s | s, s & s, s - s, s == s.copy())
print(dict(**{}), dict([(K(9), 1)]))
class Sub(dict): pass
print('sub')
print(Sub(d), dict(Sub(d)), {**Sub(d)})
