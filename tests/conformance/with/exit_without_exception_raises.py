# __exit__ raises after a normal end, a return, a break and a continue.
class Fail:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        raise ValueError("exit after %s" % exc_type)


def normal():
    with Fail():
        pass


def returning():
    with Fail():
        return "lost"


def breaking():
    for i in range(3):
        with Fail():
            break


def continuing():
    for i in range(3):
        try:
            with Fail():
                continue
        except ValueError as error:
            print("in loop", i, error)
    return "continued"


for _ in range(3):
    for f in (normal, returning, breaking, continuing):
        try:
            print(f.__name__, f())
        except ValueError as error:
            print(f.__name__, error, error.__context__)
