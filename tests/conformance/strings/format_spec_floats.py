# Format specifications for floats and strings.
for spec in ("", "f", ".0f", ".3f", "e", ".2e", "g", ".3g", "G", "%", ".1%", "10.2f", "<10.2f",
             "+.1f", ",.2f",
             "_.1f", "010.3f", " .2f", "#.0f", ".10", "d", "s", "n", "z.0f", "=+9.1f"):
    values = []
    for value in (0.0, 1.5, -1234567.891, 1e20, float("inf"), -0.04):
        try:
            values.append(format(value, spec))
        except ValueError as error:
            values.append(str(error))
    print(repr(spec), values)
for spec in ("", "s", "5", ">5", "^7", "*<4", ".2", "5.1", "d", "=5", ",", "05", "+"):
    try:
        print(repr(spec), [format("abc", spec)])
    except ValueError as error:
        print(repr(spec), error)
