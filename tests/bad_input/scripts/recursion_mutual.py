# Two functions and a method that call each other without end.
# status: 1
# place: 10
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def method(self):
        return first(self)


def first(loop): return second(loop)
def second(loop): return loop.method()


first(Loop())
