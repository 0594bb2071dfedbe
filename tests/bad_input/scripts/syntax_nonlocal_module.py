# nonlocal at module level.
# status: 1
# place: 5
# stderr: SyntaxError: nonlocal declaration not allowed at module level
nonlocal x
