# Assignment to a constant.
# status: 1
# place: 5
# stderr: SyntaxError: cannot assign to None
None = 1
