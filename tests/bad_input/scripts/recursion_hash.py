# __hash__ that hashes a tuple with itself.
# status: 1
# place: 7
# stderr: RecursionError: maximum recursion depth exceeded
class Loop:
    def __hash__(self):
        return hash((self,))


{Loop(): 1}
