# with combined with try, except, else and finally, in both nestings.
class Scope:
    def __init__(self, log, suppress=False):
        self.log = log
        self.suppress = suppress

    def __enter__(self):
        self.log.append("enter")

    def __exit__(self, exc_type, *rest):
        self.log.append("exit " + (exc_type.__name__ if exc_type else "clean"))
        return self.suppress


def run(i):
    log = []
    try:
        with Scope(log, i == 4):
            try:
                log.append("body")
                if i == 1:
                    raise ValueError
                if i in (2, 4):
                    raise KeyError
                if i == 3:
                    return log
            except ValueError:
                log.append("inner except")
            else:
                log.append("inner else")
            finally:
                log.append("inner finally")
        log.append("after with")
    except KeyError:
        log.append("outer except")
    finally:
        log.append("outer finally")
    return log


for i in (0, 1, 2, 3, 4, 0):
    print(i, run(i))
