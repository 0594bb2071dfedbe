# throw() while another exception is handled: the thrown one keeps its context, that of the body counts.
def closing():
    try:
        yield
    finally:
        raise KeyError("closing")


def handling():
    try:
        raise OSError("in the body")
    except OSError:
        yield


def contexts(error):
    while error is not None:
        yield repr(error)
        error = error.__context__


for _ in range(6):
    shown = []
    for make in (closing, handling):
        for context in (None, TypeError("before")):
            walker = make()
            next(walker)
            thrown = ValueError("thrown")
            thrown.__context__ = context
            try:
                raise IndexError("handled by the caller")
            except IndexError:
                try:
                    walker.throw(thrown)
                except Exception as error:
                    shown.append(list(contexts(error)))
print(*shown, sep="\n")
