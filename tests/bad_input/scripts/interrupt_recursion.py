# Ctrl-C while a function recurses and returns without a loop of its own.
# status: 130
# action: interrupt
# stderr: ^KeyboardInterrupt$
def tree(n):
    return 1 if n == 0 else tree(n - 1) + tree(n - 1)


print("ready", flush=True)
print(tree(80))
