# Messages for missing names, attributes, keys, subscripts, calls of wrong things.
class Thing:
    x = 1


def missing_argument(a): pass


thing, number, text, nothing, items = Thing(), 5, "s", None, [1]
calls = [lambda: missing, lambda: thing.y, lambda: number.y, lambda: {}["k"], lambda: {}[(1, 2)],
         lambda: items[5], lambda: text[5], lambda: (1,)[5], lambda: items["a"], lambda: text["a"],
         lambda: number[0], lambda: nothing[0], lambda: number(), lambda: text(), lambda: thing(),
         lambda: items.pop(9), lambda: [].pop(), lambda: set().pop(), lambda: {}.popitem(),
         lambda: items.remove(9), lambda: items.index(9), lambda: "a".index("b"),
         lambda: {1}.remove(2),
         lambda: {}.pop("z"), lambda: len(number), lambda: iter(number), lambda: [*number],
         lambda: missing_argument(), lambda: int("z"), lambda: float("z"), lambda: "a" + 1,
         lambda: 1 + "a", lambda: [] + (), lambda: items[1.0], lambda: next(iter([])),
         lambda: next(5), lambda: 1 in 5, lambda: "%d" % "x", lambda: "{}".format()]
for call in calls:
    try:
        call()
        print("no error")
    except Exception as error:
        print(type(error).__name__ + ":", error)
