# A keyword given twice: python3 3.11 says so differently while an exception is being handled.
def call(**given):
    return given


def twice():
    try:
        return call(a=1, **{'a': 2})
    except (TypeError, KeyError) as error:
        return repr(error)


def in_handler():
    try:
        1 / 0
    except ZeroDivisionError:
        try:
            return call(a=1, **{'a': 2})
        except (TypeError, KeyError) as error:
            return repr(error)


for _ in range(6):
    print(twice(), in_handler(), twice())
