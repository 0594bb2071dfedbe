# __add__ and __radd__ that hand the operation to each other.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __add__(self, other):
        return 1 + self

    def __radd__(self, other):
        return self + 1


Loop() + 1
