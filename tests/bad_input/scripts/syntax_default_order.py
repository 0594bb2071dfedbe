# A parameter without a default after one with.
# status: 1
# place: 5
# stderr: SyntaxError: non-default argument follows default argument
def f(a=1, b):
    pass
