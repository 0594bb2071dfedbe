# Three nested with statements: order of enter, body and exit, in a hot loop.
class Scope:
    log = []

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        Scope.log.append("+" + self.name)
        return self

    def __exit__(self, *exc):
        Scope.log.append("-" + self.name)


def run(i):
    with Scope("a") as a:
        with Scope("b") as b:
            with Scope("c") as c:
                Scope.log.append(a.name + b.name + c.name + str(i))
            Scope.log.append("b body")
        Scope.log.append("a body")
    return i


for i in range(6):
    run(i)
    print(" ".join(Scope.log))
    Scope.log.clear()
