# __bool__ that asks for its own truth.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __bool__(self):
        return not self


if Loop():
    pass
