# A property that reads itself.
# status: 1
# place: 8
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    @property
    def x(self):
        return self.x


Loop().x
