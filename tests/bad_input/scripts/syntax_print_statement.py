# print as in Python 2.
# status: 1
# place: 5
# stderr: SyntaxError: Missing parentheses in call to 'print'\. Did you mean print\(\.\.\.\)\?
print "hello"
