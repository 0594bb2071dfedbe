# yield outside of a function.
# status: 1
# place: 5
# stderr: SyntaxError: 'yield' outside function
x = yield 1
