# Ctrl-C while generators and a native consumer of them run.
# status: 130
# action: interrupt
# stderr: ^KeyboardInterrupt$
def forever():
    while True:
        yield 1


print("ready", flush=True)
print(sum(x for x in forever()))
