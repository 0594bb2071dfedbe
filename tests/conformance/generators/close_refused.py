# A generator that yields again when it is closed, and one that returns.
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)


def polite(log):
    try:
        while True:
            yield 1
    except GeneratorExit:
        log.append("closing")
        return "value"


for i in range(5):
    log = []
    g = polite(log)
    for _ in range(i):
        next(g)
    print(g.close(), log, list(g))
