# A keyword argument given twice.
# status: 1
# place: 5
# stderr: SyntaxError: keyword argument repeated: a
f(a=1, a=2)
