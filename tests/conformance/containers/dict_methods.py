# Methods of dict, views and errors.
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d)
print(d.pop("a"), d.pop("zz", None), d.popitem(), d, list(d.keys()), list(d.values()),
      list(d.items()))
d.update({"x": 1}, y=2)
d.update([("z", 3), ["w", 4]])
print(d, len(d), "x" in d, 5 in d, d.copy() == d, dict(d) is d, dict(a=1, b=2), dict([(1, 2)]))
print(d | {"x": 100}, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {**d, "x": 0}["x"])
d |= {"q": 5}
del d["x"]
print(d, list(reversed(d)), d.keys() & {"y", "z"} == {"z", "y"}, d.keys() == {"b": 0}.keys())
keys = d.keys()
d["late"] = 1
print(keys, len(keys), "late" in keys, d.items() >= {("late", 1)})
for call in (lambda: d["none"], lambda: d.pop("none"), lambda: {}.popitem(), lambda: {[]: 1},
             lambda: d.update(5), lambda: d.update([1]), lambda: d.update([(1, 2, 3)]),
             lambda: dict(5), lambda: {} < {}, lambda: d.__delitem__("none")):
    try:
        call()
    except (KeyError, TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
d.clear()
print(d, bool(d))
