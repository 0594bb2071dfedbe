# A closing bracket of another kind.
# status: 1
# place: 5
# stderr: SyntaxError: closing parenthesis '\]' does not match opening parenthesis '\('
x = (1, 2]
