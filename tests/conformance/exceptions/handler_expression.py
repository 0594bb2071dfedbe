# The expression after except is evaluated when needed; wrong kinds are errors.
log = []


def kinds(name, value):
    log.append(name)
    return value


def run(error):
    try:
        if error:
            raise error
    except kinds("first", (KeyError, IndexError)):
        result = "first"
    except kinds("second", ValueError):
        result = "second"
    else:
        result = "none"
    return result


for error in (None, KeyError(), ValueError(), None, IndexError()):
    print(run(error), log)
    log.clear()
for bad in (5, "ValueError", (ValueError, 5), [ValueError], None, object,
            (KeyError, (IndexError,))):
    try:
        try:
            raise IndexError("i")
        except bad:
            print("matched", bad)
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
