# __enter__ that enters itself: every __exit__ that is due still runs.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __enter__(self):
        with self:
            pass

    def __exit__(self, *exc):
        print("never entered, so never left")


with Loop():
    pass
