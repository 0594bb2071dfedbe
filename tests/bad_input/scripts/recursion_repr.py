# __repr__ that calls itself without end, through a list.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __repr__(self):
        return repr([self])


print(Loop())
