# Managers see and may suppress KeyboardInterrupt, SystemExit and StopIteration as well.
class Suppress:
    def __init__(self, kind):
        self.kind = kind

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return exc_type is not None and issubclass(exc_type, self.kind)


kinds = [KeyboardInterrupt, SystemExit, StopIteration, GeneratorExit, MemoryError, RecursionError]


def run(raised, suppressed):
    try:
        with Suppress(suppressed):
            raise raised("r")
        return "suppressed"
    except BaseException as error:
        return repr(error)


for kind in kinds:
    print(run(kind, kind), run(kind, Exception), run(kind, BaseException), run(kind, ValueError))


def forever(n):
    with Suppress(KeyError):
        return forever(n + 1)


with Suppress(RecursionError):
    forever(0)
print("recursion suppressed")
