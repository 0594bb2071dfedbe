# raise without an argument re-raises what is handled, also from a called function.
def reraise():
    raise


def run(i):
    try:
        try:
            raise ValueError(i)
        except ValueError:
            if i % 3 == 0:
                raise
            if i % 3 == 1:
                reraise()
            try:
                raise KeyError(i)
            except KeyError:
                pass
            raise
    except ValueError as error:
        return repr(error), error.__context__


for i in range(6):
    print(run(i))
for f in (reraise,):
    try:
        f()
    except RuntimeError as error:
        print(error)
try:
    try:
        raise ValueError("first")
    finally:
        reraise()
except ValueError as error:
    print(error, error.__context__)
