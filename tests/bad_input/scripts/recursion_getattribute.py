# __getattribute__ that reads an attribute of itself.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __getattribute__(self, name):
        return self.other


Loop().x
