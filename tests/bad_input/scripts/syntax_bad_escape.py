# A truncated escape sequence.
# status: 1
# place: 5
# stderr: SyntaxError: \(unicode error\) 'unicodeescape' codec can't decode bytes in position 0-2
x = "\x4"
