# collections: namedtuple, deque, defaultdict, Counter, OrderedDict.
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p._replace(x=5), p == (1, 2), Point._fields)
d = deque([1, 2], maxlen=3)
d.append(3)
d.append(4)
d.appendleft(0)
print(d, d.popleft(), list(d))
table = defaultdict(list)
for i in range(6):
    table[i % 2].append(i)
print(dict(table), Counter("abracadabra").most_common(2), OrderedDict(a=1))
