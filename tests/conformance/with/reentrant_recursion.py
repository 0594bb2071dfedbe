# with around recursion: every level is entered and left in order, also when the bottom raises.
class Level:
    current = 0

    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.saved = Level.current
        Level.current = self.saved + 1
        self.log.append(Level.current)
        return Level.current

    def __exit__(self, exc_type, exc_value, traceback):
        Level.current = self.saved
        self.log.append(-self.saved if exc_type is None else "x%d" % self.saved)
        return exc_type is not None and self.saved == 2


def dive(n, log, fail):
    with Level(log) as level:
        if n == 0:
            if fail:
                raise ValueError(level)
            return level
        return dive(n - 1, log, fail)
    return "suppressed at this level"


for n in (0, 1, 3, 5):
    for fail in (False, True):
        log = []
        try:
            print(dive(n, log, fail), log)
        except ValueError as error:
            print("raised", error, log)
