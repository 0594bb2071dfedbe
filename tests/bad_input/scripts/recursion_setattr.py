# __setattr__ that stores through itself.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __setattr__(self, name, value):
        self.other = value


Loop().x = 1
