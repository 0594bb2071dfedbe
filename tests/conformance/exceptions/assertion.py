# assert: values, messages, objects as messages.
def check(value, message=None):
    try:
        if message is None:
            assert value
        else:
            assert value, message
        return "held"
    except AssertionError as error:
        return repr(error), str(error), error.args


for value in (1, 0, "", "x", [], [0], None):
    print(check(value), check(value, "text"), check(value, (1, 2)), check(value, 2.5))
calls = []
assert True, calls.append("evaluated")
print(calls)
assert 1 + 1 == 3, "arithmetic %s" % "failed"
