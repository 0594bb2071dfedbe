# str() and repr() of built-in values of every kind.
def function(): pass


class Plain: pass


values = [0, -5, 2 ** 70, 1.0, -0.0, 1e100, True, None, "s", "q'", [], [1, "a"], (), (1,),
          (1, 2), {}, {"a": 1},
          set(), {1}, frozenset(), frozenset({2}), range(3), range(1, 9, 2), slice(1, None),
          int, str, Plain,
          ValueError, ValueError("x"), NotImplemented, ..., type(None), len,
          type(function)]
for value in values:
    print(str(value), repr(value), str([value]), "%s" % (value,), f"{value}")
print(str("x"), str(), str(object=5), repr(Plain.__init__)[:13],
      str(function)[:18])
try:
    str(5, "ascii")
except TypeError as error:
    print(error)
