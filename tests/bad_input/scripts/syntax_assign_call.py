# Assignment to a call.
# status: 1
# place: 5
# stderr: SyntaxError: cannot assign to function call here\. Maybe you meant '==' instead of '='\?
f() = 1
