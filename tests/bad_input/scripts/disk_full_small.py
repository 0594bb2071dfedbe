# The standard output is a full disk: found out when it is flushed at the end.
# status: 1 120
# action: full
# stderr: No space left on device
print("a little")
