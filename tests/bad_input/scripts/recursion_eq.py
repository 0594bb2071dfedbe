# __eq__ that compares its operands again.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __eq__(self, other):
        return [self] == [other]


Loop() == Loop()
