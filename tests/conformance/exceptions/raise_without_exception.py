# A raise without an exception, where none is being handled: an error of this line, with its own entry.
def lines(error):
    entry, found = error.__traceback__, []
    while entry is not None:
        found.append(entry.tb_lineno)
        entry = entry.tb_next
    return found


def plain():
    raise


def caught():
    try:
        raise
    except RuntimeError as error:
        return str(error), lines(error)


def in_a_loop(count):
    for number in range(count):
        if number == 5:
            raise


def again(error):
    try:
        raise error
    except ValueError:
        for _ in range(3):
            pass
        raise


for _ in range(6):
    print(caught())
    for function, argument in ((plain, ()), (in_a_loop, (9,)), (again, (ValueError('v'),))):
        try:
            function(*argument)
        except (RuntimeError, ValueError) as error:
            print(repr(error), lines(error))
