# str.format: positions, names, attributes, items, nesting, conversions, errors.
class Point:
    x = 3
    items = {"k": [1, 2]}


print("{} {}".format(1, "a"), "{1} {0} {1}".format("a", "b"), "{a}{b}".format(a=1, b=2),
      "{{}} {{{0}}}".format(5))
print("{0.x} {p.items[k][1]} {0.items}".format(Point(), p=Point),
      "{0[1]} {d[key]}".format([1, 2], d={"key": "v"}))
print("{:>5}|{:<5}|{:^5}|{:*^7}|{:05d}".format("a", "b", "c", "d", 42),
      "{:{}}|{:{w}.{p}f}".format("x", 4, 2.5, w=8, p=2))
print("{!r} {!s} {!a}".format("é", "é", "é"))
calls = [lambda: "{}".format(), lambda: "{0} {}".format(1, 2), lambda: "{a}".format(),
         lambda: "{".format(),
         lambda: "}".format(), lambda: "{0.y}".format(5), lambda: "{!x}".format(1),
         lambda: "{:d}".format("s"),
         lambda: "{:s}".format(5), lambda: "{:q}".format(5), lambda: "{0[k]}".format({}),
         lambda: "{2}".format(1)]
for call in calls:
    try:
        print(call())
    except (IndexError, KeyError, ValueError, AttributeError, TypeError) as error:
        print(type(error).__name__ + ":", error)
