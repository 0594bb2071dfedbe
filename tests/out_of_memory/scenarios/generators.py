# Generators: suspended, sent to, thrown into, closed, delegated; comprehensions and closures.
import sys

sys.stderr = None  # what fails unseen is said there


def counting(n, log):
    try:
        for i in range(n):
            got = yield [i]
            if got is not None:
                log.append(got)
    except ValueError as error:
        log.append(str(error))
        yield 'caught'
    finally:
        log.append('closed')


def delegating(log):
    first = yield from counting(2, log)
    yield first
    return 'returned'


def outer(n):
    total = 0

    def inner(step):
        nonlocal total
        total += step

        def innermost(*args, scale=2, **kwargs):
            return (total + n) * scale + len(args) + len(kwargs)
        return innermost
    return [inner(k) for k in range(3)]


def scenario():
    log = []
    generator = counting(5, log)
    log.append(next(generator))
    log.append(generator.send('sent'))
    log.append(generator.throw(ValueError('thrown')))
    generator.close()
    half = counting(3, [])  # closing it may fail unseen
    next(half)
    del half
    log.append(list(delegating(log)))
    log.append([function(1, 2, key=3) for function in outer(4)])
    log.append(sum(x * y for x in range(5) for y in range(x) if y % 2))
    log.append({k: [v for v in range(k)] for k in range(4)})
    log.append({(a, b) for a in 'ab' for b in 'cd'} == {('a', 'c'), ('a', 'd'), ('b', 'c'), ('b', 'd')})
    log.append(list(zip(range(3), map(str, range(3)), filter(None, [1, 2, 3]))))
    log.append(list(enumerate(reversed([1, 2]))))
    return log


result = scenario()
