# A dedent to no outer level.
# status: 1
# place: 7
# stderr: IndentationError: unindent does not match any outer indentation level
if True:
        x = 1
    y = 2
