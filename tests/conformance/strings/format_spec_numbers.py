# Format specifications for ints and floats.
for spec in ("", "d", "5", "<5", ">5", "^5", "05", "+", " ", "-", ",", "_", "x", "X", "#x", "o",
             "b", "#b",
             "08b", "c", "e", ".2f", "10.3e", "%", "n", "+,d", "=+6", "*>8", "_x", "#010x", "g"):
    values = []
    for value in (0, 65, -1234567, 2 ** 70):
        try:
            values.append(format(value, spec))
        except (ValueError, OverflowError) as error:
            values.append(str(error))
    print(repr(spec), values)
