# The reader of the standard output is gone: found out at the end.
# status: 1 120
# action: closed-pipe
# stderr: Broken pipe
print("a little")
