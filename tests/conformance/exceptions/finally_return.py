# return in finally wins over return and exception; nested finally blocks.
def override(i):
    try:
        if i == 0:
            return "try"
        if i == 1:
            raise ValueError
    finally:
        if i < 3:
            return "finally %d" % i
    return "end"


def nested(i):
    log = []
    try:
        try:
            try:
                if i % 2:
                    raise KeyError(i)
                return log
            finally:
                log.append("inner")
        finally:
            log.append("middle")
            if i == 3:
                return ["replaced"] + log
    except KeyError:
        log.append("caught")
    finally:
        log.append("outer")
    return log


for i in range(5):
    print(override(i), nested(i))
