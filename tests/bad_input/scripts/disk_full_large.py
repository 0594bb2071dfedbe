# The standard output is a full disk, and there is more than a buffer holds.
# status: 1 120
# action: full
# stderr: No space left on device
for i in range(100000):
    print("line", i)
