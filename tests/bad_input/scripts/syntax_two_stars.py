# Two starred targets in one assignment.
# status: 1
# place: 5
# stderr: SyntaxError: multiple starred expressions in assignment
*a, *b = 1, 2
