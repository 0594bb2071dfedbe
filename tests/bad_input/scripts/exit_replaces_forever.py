# Every __exit__ of fifty nested managers raises: the chain of contexts is printed, and ends.
# status: 1
# stderr: ^During handling of the above exception, another exception occurred:$
# stderr: ^ValueError: exit 0$
class Scope:
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, *exc): raise ValueError("exit %d" % self.n)


def nest(n):
    with Scope(n):
        if n < 50:
            nest(n + 1)
        raise KeyError("innermost")


nest(0)
