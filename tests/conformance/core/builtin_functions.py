# Built-in functions over iterables.
print(sum([1, 2, 3]), sum([[1], [2]], []), min(3, 1, 2), max([4, 9, 2]), max("abc", key=ord))
print(min([], default="none"), sorted([3, 1, 2], reverse=True), sorted("bAc", key=str.lower))
print(list(zip([1, 2, 3], "ab")), list(enumerate("ab", 5)))
print(list(map(lambda a, b: a * b, [1, 2], [3, 4])))
print(list(filter(None, [0, 1, "", "a"])), any([0, 1]), all([]), all([1, 0]),
      list(reversed([1, 2])))
print(chr(97), ord("é"), len({1: 2}), callable(len), callable(3), divmod(17, 5), pow(2, 8))
print(isinstance(1, (str, int)), issubclass(bool, int), type(3) is int, id(None) == id(None))
it = iter([1, 2])
print(next(it), next(it), next(it, "end"))
for call in (lambda: next(it), lambda: sum(["a"]), lambda: max([]), lambda: ord("ab"),
             lambda: chr(-1), lambda: len(5), lambda: iter(5), lambda: sorted([1, "a"])):
    try:
        call()
    except (StopIteration, TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
