# Exceptions thrown into a body that is compiled: caught, changed, with finally, in a loop, not caught.
import sys


def manager(log):
    while True:
        try:
            yield 'inside'
        except KeyError as error:
            log.append(('caught', str(error), sys.exc_info()[0].__name__))
            yield 'handler'
        except ValueError as error:
            raise TypeError('changed') from error
        finally:
            log.append('finally')


def lines(error):
    entry = error.__traceback__
    found = []
    while entry is not None:
        found.append(entry.tb_lineno)
        entry = entry.tb_next
    return found


def drive(last):
    log = []
    running = manager(log)
    print(next(running), running.throw(KeyError('one')), next(running))
    print(running.throw(KeyError, KeyError('two')), log)
    try:
        print(running.throw(last))
    except Exception as error:
        print(repr(error), repr(error.__cause__), repr(error.__context__), lines(error))
    print(log, list(running), sys.exc_info())


for number in range(6):
    drive(ValueError(number))
    drive(IndexError(number))
    closing = manager([])
    next(closing)
    closing.close()
    print(list(closing))
