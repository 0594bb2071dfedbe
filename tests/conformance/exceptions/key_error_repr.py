# KeyError shows the repr of its key, at top level too.
for key in ("text", 1, 2.5, None, (1, "a"), True, "with 'quote'"):
    try:
        {}[key]
    except KeyError as error:
        print(error, str(error), repr(error), error.args)
{"a": 1}["final"]
