# return outside of a function.
# status: 1
# place: 5
# stderr: SyntaxError: 'return' outside function
return 5
