# A chain of exceptions at top level: the last line is that of the newest.
try:
    try:
        {}["first"]
    except KeyError as error:
        raise ValueError("second") from error
except ValueError:
    raise TypeError("third")
