# set and frozenset: operators, methods, comparisons, errors (printed sorted).
a, b = {1, 2, 3}, {3, 4}
for result in (a | b, a & b, a - b, a ^ b, a.union([9], (8,)), a.intersection([1, 2]),
               a.difference([1]), a.symmetric_difference([1, 7])):
    print(sorted(result), type(result).__name__)
a.add(5); a.discard(1); a.discard(77); a.update("x")
print(sorted(a, key=str), len(a), 5 in a, set(), {5}, frozenset(), frozenset([1]), set("a"))
print({1} < {1, 2}, {1} <= {1}, {1, 2} > {3}, {1}.issubset([1, 2]), {1}.isdisjoint({2}))
c = {1, 2}
c |= {3}; c &= {2, 3, 4}; c -= {2}; c ^= {7}
print(sorted(c), {1, 1.0, True}, {frozenset([1]): "f"}[frozenset([1])], {1} == frozenset([1]))
for call in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} | [1],
             lambda: frozenset().add, lambda: hash(set()), lambda: c[0], lambda: {1} < 5):
    try:
        call()
    except (KeyError, TypeError, AttributeError) as error:
        print(type(error).__name__ + ":", error)
print({0} | {1}, {i for i in range(3)}, {1: {2}}, [set()])
