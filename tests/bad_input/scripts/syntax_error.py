# A statement that does not parse; nothing before it may run.
# status: 1
# place: 7
# stderr: SyntaxError: invalid syntax
# stdout: \A\Z
print("must not be printed")
x = 1 +* 2
