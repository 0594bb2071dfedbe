# Ctrl-C in a for loop over a long range.
# status: 130
# action: interrupt
# stderr: ^KeyboardInterrupt$
def work():
    total = 0
    for i in range(10 ** 18):
        total ^= i
    return total


print("ready", flush=True)
work()
