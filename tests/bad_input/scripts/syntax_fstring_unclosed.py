# An f-string whose brace is never closed.
# status: 1
# place: 5
# stderr: SyntaxError: f-string: expecting '}'
x = f"{1"
