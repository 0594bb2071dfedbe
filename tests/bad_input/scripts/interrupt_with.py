# Ctrl-C in a with block: __exit__ sees it; the status stays that of an interrupt.
# status: 130
# action: interrupt
# stdout: ^exit KeyboardInterrupt$
# stderr: ^KeyboardInterrupt$
class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, *rest):
        print("exit", exc_type.__name__)


def work():
    n = 0
    with Scope():
        while True:
            n = (n + 1) & 1023


print("ready", flush=True)
work()
