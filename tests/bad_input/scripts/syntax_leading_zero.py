# A decimal number with a leading zero.
# status: 1
# place: 5
# stderr: SyntaxError: leading zeros in decimal integer literals are not permitted
x = 0123
