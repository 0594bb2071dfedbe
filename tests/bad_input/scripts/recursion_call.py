# __call__ that calls itself, and an instance that is its class's __call__.
# status: 1
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    pass


Loop.__call__ = Loop()
Loop()()
