# Exceptions with tracebacks, contexts, causes, notes and groups.


class Failure(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


def deep(n):
    local = [n]
    if n == 0:
        raise Failure('deep', local)
    return deep(n - 1)


def chained():
    try:
        deep(3)
    except Failure as failure:
        try:
            {}['missing']
        except KeyError as error:
            raise ValueError('from %s' % failure.code) from error


def cleaning(log):
    try:
        try:
            deep(2)
        finally:
            log.append('finally')
    except (KeyError, Failure) as failure:
        log.append(str(failure))
        return failure.code
    else:
        log.append('never')


def scenario():
    log = []
    log.append(cleaning(log))
    try:
        chained()
    except ValueError as error:
        lines = set()  # an entry for which there is no memory is left out
        traceback = error.__traceback__
        while traceback is not None:
            lines.add(traceback.tb_lineno)
            traceback = traceback.tb_next
        log.append((str(error), len(lines) < 3, type(error.__cause__).__name__))
        log.append(type(error.__context__.__context__).__name__)
    try:
        [].missing
    except AttributeError as error:
        log.append((error.name, str(error)))
    try:
        int('x')
    except ValueError as error:
        log.append(error.args)
    for trial in (lambda: 1 / 0, lambda: undefined, lambda: [1][5], lambda: 'a' + 1, deep):
        try:
            trial()
        except (ArithmeticError, NameError, LookupError, TypeError) as error:
            log.append(repr(error))
    return log


result = scenario()
