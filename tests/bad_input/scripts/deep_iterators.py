# Iterators stacked a hundred thousand high are advanced or refused, and freed.
# status: 0
# stdout: ^done$
# python3: no
for wrap in (lambda it: map(abs, it), lambda it: zip(it), lambda it: enumerate(it),
             lambda it: filter(None, it), lambda it: (x for x in it)):
    it = iter([1, 2, 3])
    for _ in range(100000):
        it = wrap(it)
    try:
        next(it)
    except RecursionError:
        pass
    it = None
print("done")
