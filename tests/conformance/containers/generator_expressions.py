# Generator expressions: lazy, evaluated in the functions that consume them.
def trace(x):
    print("t%s" % x, end=" ")
    return x


g = (trace(x) for x in range(5) if x != 2)
print("made", next(g), next(g), list(g), list(g))
print(sum(x * x for x in range(10)), max((x for x in [3, 1]), default=0),
      any(trace(x) for x in (0, 1, 2)))
print(dict((k, k * 2) for k in range(3)), "".join(c for c in "abc"), sorted(x for x in (3, 1, 2)))
n = 1
late = (x + n for x in range(3))
n = 100
print(list(late))
for i in range(6):
    print(sum(x + i for x in range(i)), all(x < i for x in range(i)),
          tuple(x / 2 for x in range(i)))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
