# Tuples: display, operators, methods, hashing, immutability, mutable members.
t = (1, "a", [2])
print((), (1,), t, 1, t + (3,), t * 2, t[0], t[-1], len(t), t.index("a"), t.count(1))
t[2].append(3)
print(t, tuple("ab"), tuple([1]), tuple(), (1, 2) < (1, 3), (1,) < (1, 0), () == tuple([]))
print(hash((1, 2)) == hash((1, 2)), {(1, (2, 3)): "v"}[1, (2, 3)], (1, 2) == [1, 2])
x = 1, 2
y = 3,
print(x, y, *x, (*x, *y), ((1, 2), (3,)), (((4))))
for call in (lambda: hash(t), lambda: t.append(1), lambda: t + [1], lambda: t[5],
             lambda: (1,).index(2)):
    try:
        call()
    except (TypeError, AttributeError, IndexError, ValueError) as error:
        print(type(error).__name__ + ":", error)
for i in range(6):
    a, b = (i, i * 0.5)
    print((a, b) < (3, 1), max((a, b), (2, 9)), end=" ")
print()
