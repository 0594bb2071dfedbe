# Two parameters of the same name.
# status: 1
# place: 5
# stderr: SyntaxError: duplicate argument 'a' in function definition
def f(a, b, a):
    pass
