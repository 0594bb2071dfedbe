# Messages of calls with the wrong number of arguments.
def zero(): pass
def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def one_default(a, b=1): pass
def two_defaults(a=1, b=2): pass
def star(a, *rest): pass
def kw_one(*, k): pass
def kw_two(*, k, m): pass
def kw_three(*, k, m, n): pass


five, text, nothing = 5, "s", None


calls = [lambda: zero(1), lambda: zero(1, 2), lambda: one(), lambda: one(1, 2), lambda: two(),
         lambda: two(1), lambda: two(1, 2, 3), lambda: three(), lambda: three(1),
         lambda: one_default(), lambda: one_default(1, 2, 3), lambda: two_defaults(1, 2, 3),
         lambda: star(), lambda: kw_one(), lambda: kw_two(), lambda: kw_three(),
         lambda: kw_one(1), lambda: kw_one(1, k=2), lambda: zero(a=1), lambda: one(1, a=1),
         lambda: (lambda x: x)(), lambda: [].append(), lambda: len(), lambda: len(1, 2),
         lambda: five(), lambda: text(), lambda: nothing()]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
