# A number that runs into a letter.
# status: 1
# place: 5
# stderr: SyntaxError: invalid decimal literal
x = 12abc
