# An exception raised in __exit__ replaces that of the body and has it as context.
class Replace:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        raise RuntimeError("from exit of %s" % (exc_type and exc_type.__name__))


class Chain(Replace):
    def __exit__(self, exc_type, exc_value, traceback):
        raise RuntimeError("chained") from exc_value


def run(manager, error):
    try:
        with manager:
            if error:
                raise error
    except RuntimeError as caught:
        return (str(caught), repr(caught.__context__), repr(caught.__cause__),
                caught.__suppress_context__)
    return "nothing raised"


for _ in range(5):
    print(run(Replace(), ValueError("body")))
print(run(Replace(), None))
print(run(Chain(), KeyError("k")))
print(run(Chain(), None))
try:
    with Replace():
        with Replace():
            raise ValueError("innermost")
except RuntimeError as caught:
    print(caught, "|", caught.__context__, "|", repr(caught.__context__.__context__))
