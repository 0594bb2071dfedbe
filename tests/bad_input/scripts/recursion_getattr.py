# __getattr__ that asks for another missing attribute without end.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __getattr__(self, name):
        return self.missing


Loop().x
