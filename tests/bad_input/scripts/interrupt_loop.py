# Ctrl-C in an empty loop at module level.
# status: 130
# action: interrupt
# stderr: Traceback \(most recent call last\):
# stderr: line [78], in <module>$
# stderr: ^KeyboardInterrupt$
print("ready", flush=True)
while True:
    pass
