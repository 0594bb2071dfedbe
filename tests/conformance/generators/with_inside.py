# A with statement around a yield: left at the end, on close and on an exception.
class Scope:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("enter")

    def __exit__(self, exc_type, *rest):
        self.log.append(exc_type and exc_type.__name__)
        return exc_type is ValueError


def values(log, n):
    with Scope(log):
        for i in range(n):
            yield i
    yield "after"


for n in range(5):
    log = []
    print(list(values(log, n)), log)
log = []
g = values(log, 3)
next(g)
g.close()
print(log)
g = values(log, 3)
next(g)
print(g.throw(ValueError), log)
