# warnings: filters, recording, warnings as exceptions.
import warnings


class Own(UserWarning):
    pass


with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    for _ in range(3):
        warnings.warn("plain")
    warnings.warn(Own("own"))
    warnings.warn("old", DeprecationWarning)
    print([(str(item.message), item.category.__name__) for item in found])
    warnings.filterwarnings("ignore", category=Own)
    warnings.warn("unseen", Own)
    warnings.filterwarnings("error", message="bad")
    warnings.warn("good")
    for text in ("bad one", "Bad two"):
        try:
            warnings.warn(text)
        except UserWarning as warning:
            print(repr(warning))
    print(len(found))
manager = warnings.catch_warnings()
with manager:
    warnings.simplefilter("error", DeprecationWarning)
    try:
        warnings.warn("raised", DeprecationWarning)
    except DeprecationWarning as warning:
        print(warning)
for wrong in (lambda: manager.__enter__(), lambda: warnings.warn("x", int),
              lambda: warnings.simplefilter("never")):
    try:
        wrong()
    except (RuntimeError, TypeError, AssertionError) as error:
        print(type(error).__name__)
with warnings.catch_warnings(record=True) as found:
    warnings.resetwarnings()
    warnings.simplefilter("once")
    for _ in range(3):
        warnings.warn("only once")
    print(len(found), found[0].category, warnings.formatwarning("m", Own, "f.py", 3))
