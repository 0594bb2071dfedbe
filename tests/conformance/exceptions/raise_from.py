# raise from: cause, context and suppression; from None; from a class; bad causes.
def run(cause):
    try:
        try:
            raise ValueError("original")
        except ValueError as original:
            if cause == "same":
                raise RuntimeError("new") from original
            raise RuntimeError("new") from cause
    except Exception as error:
        return (repr(error), repr(error.__cause__), repr(error.__context__),
                error.__suppress_context__)


for cause in ("same", None, KeyError("k"), KeyError, 5, "text", object):
    for _ in range(2):
        result = run(cause)
    print(result)
error = ValueError("v")
error.__cause__ = KeyError("set by hand")
print(repr(error.__cause__), error.__suppress_context__, error.__context__)
for bad in (5, "x"):
    try:
        error.__cause__ = bad
    except TypeError as e:
        print(e)
