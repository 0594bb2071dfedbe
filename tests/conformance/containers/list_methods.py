# Methods of list and their errors.
a = [3, 1, 2]
a.append(5)
a.extend("xy")
a.insert(0, "first")
a.insert(-1, "before last")
a.insert(100, "end")
print(a, a.index(5), a.count(1), a.pop(), a.pop(0), a.pop(-2), a)
a.remove("x")
a.reverse()
b = a.copy()
a.clear()
print(a, b, b is not a, [1, 2] + [3], [1] * 3, 2 * [0], [] * 5, [1] * -1)
print([1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 9], [] < [0])
c = [3, 1.5, True, 2]
c.sort()
print(c, sorted(c, key=lambda x: -x), c.sort(reverse=True), c)
for call in (lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1, "a"].sort(),
             lambda: [].insert("x", 1), lambda: [1].pop("x"), lambda: [].extend(5),
             lambda: [1] * "a", lambda: [1].index(1, 1), lambda: [] < 5):
    try:
        print(call())
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
