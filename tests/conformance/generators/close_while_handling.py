# What close() throws in has the exception for its context that the one who closes is handling.
def body(log, name):
    try:
        yield name
    except GeneratorExit as error:
        log.append((name, repr(error.__context__)))
        raise


def delegating(log):
    yield from body(log, 'inner')


def close_in_handler(log):
    first, second = body(log, 'closed'), body(log, 'dropped')
    next(first), next(second)
    outer = delegating(log)
    next(outer)
    try:
        [][1]
    except IndexError:
        first.close()
        second = None
        outer.close()


for _ in range(6):
    log = []
    plain = body(log, 'plain')
    next(plain)
    plain.close()
    close_in_handler(log)
    print(log)
