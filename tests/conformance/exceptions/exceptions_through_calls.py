# An exception crosses several frames with and without handlers, hot.
class Stop(Exception):
    def __init__(self, level):
        self.level = level


def descend(level, target, trail):
    trail.append(level)
    try:
        if level == 5:
            raise Stop(target)
        descend(level + 1, target, trail)
        trail.append("returned %d" % level)
    except Stop as stop:
        if stop.level != level:
            trail.append(-level)
            raise
        return "stopped at %d" % level
    finally:
        trail.append("f%d" % level)


for target in (5, 3, 0, 4, 1, 2.0, 99):
    trail = []
    try:
        print(descend(0, target, trail), trail)
    except Stop as stop:
        print("escaped", stop.level, stop.args, trail)
