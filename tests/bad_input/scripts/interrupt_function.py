# Ctrl-C in a hot function: arithmetic, attributes, calls.
# status: 130
# action: interrupt
# stderr: in work$
# stderr: ^KeyboardInterrupt$
class Box:
    x = 0


def bump(box, i):
    box.x = (box.x + i) & 0xFFFF


def work(box):
    i = 0
    while True:
        bump(box, i)
        i += 1


print("ready", flush=True)
work(Box())
