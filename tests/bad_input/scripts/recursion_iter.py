# __iter__ and __next__ that recurse.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __iter__(self):
        return iter(self)


for x in Loop():
    pass
