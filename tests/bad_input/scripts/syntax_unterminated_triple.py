# A triple-quoted string that is never closed.
# status: 1
# place: 5
# stderr: SyntaxError: unterminated triple-quoted string literal \(detected at line 6\)
x = """never
closed
