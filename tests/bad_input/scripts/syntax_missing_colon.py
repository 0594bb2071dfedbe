# A colon that is missing.
# status: 1
# place: 5
# stderr: SyntaxError: expected ':'
if True
    x = 1
