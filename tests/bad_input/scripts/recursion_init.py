# __init__ and __new__ that create further instances without end.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __init__(self):
        self.child = Loop()


Loop()
