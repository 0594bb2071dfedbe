# Membership and equality try identity first; __eq__ that raises or counts.
nan = float("nan")
print(nan in [nan], [nan] == [nan], {nan: 1} == {nan: 1}, (nan,) == (nan,), [nan].index(nan))
print([float("nan")] == [float("nan")], [nan].count(nan), nan in {nan})


class Loud:
    calls = 0

    def __eq__(self, other):
        Loud.calls += 1
        if isinstance(other, str) and other == "raise":
            raise ValueError("asked")
        return NotImplemented

    __hash__ = object.__hash__


loud = Loud()
for i in range(5):
    print(loud in [loud], loud in [1, 2, "x"], loud == loud, loud != 5, Loud.calls)
try:
    loud in ["raise"]
except ValueError as error:
    print(error)
print([1, 2.0, True] == [1.0, 2, 1], (0,) == (False,), {1: 2} == {True: 2.0}, [] == ())
