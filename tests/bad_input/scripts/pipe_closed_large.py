# The reader of the standard output is gone, and the program goes on printing.
# status: 1 120
# action: closed-pipe
# stderr: Broken pipe
for i in range(100000):
    print("line", i)
