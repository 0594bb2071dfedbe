# A positional argument after a keyword argument.
# status: 1
# place: 5
# stderr: SyntaxError: positional argument follows keyword argument
f(a=1, 2)
