# An empty expression in an f-string.
# status: 1
# place: 5
# stderr: SyntaxError: f-string: empty expression not allowed
x = f"{}"
