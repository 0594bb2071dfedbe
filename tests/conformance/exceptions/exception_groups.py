# except*: a plain exception is wrapped in a group, the rest of a group propagates.
try:
    raise ValueError("plain")
except* ValueError as group:
    print(type(group).__name__, group.exceptions)
try:
    try:
        raise ExceptionGroup("two", [KeyError("k"), TypeError("t")])
    except* KeyError as group:
        print(group.exceptions)
except ExceptionGroup as rest:
    print(rest, rest.exceptions)
