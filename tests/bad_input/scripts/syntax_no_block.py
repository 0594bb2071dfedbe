# A block that is missing.
# status: 1
# place: 6
# stderr: IndentationError: expected an indented block after function definition on line 5
def f():
pass
