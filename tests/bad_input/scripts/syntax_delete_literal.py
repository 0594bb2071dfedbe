# Deletion of an expression.
# status: 1
# place: 5
# stderr: SyntaxError: cannot delete expression
del 1 + x
