# A built-in function that the program deleted.
# status: 1
# place: 6
# stderr: ^NameError: name 'len' is not defined
import builtins
del builtins.len; len([])
