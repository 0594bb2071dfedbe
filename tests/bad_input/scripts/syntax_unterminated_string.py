# A string that is never closed.
# status: 1
# place: 5
# stderr: SyntaxError: unterminated string literal \(detected at line 5\)
x = "never closed
