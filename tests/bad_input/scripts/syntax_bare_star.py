# A starred expression on its own.
# status: 1
# place: 5
# stderr: SyntaxError: can't use starred expression here
*a
