# The result of __exit__ is tested for truth: any value counts, __bool__ is called.
class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("asked for truth", end=" ")
        if self.value == "raise":
            raise OverflowError("bool failed")
        return self.value


class Scope:
    def __init__(self, result):
        self.result = result

    def __enter__(self):
        pass

    def __exit__(self, *exc):
        return self.result


def run(result):
    try:
        with Scope(result):
            raise ValueError("body")
        return "suppressed"
    except Exception as error:
        return repr(error) + " " + repr(error.__context__)


for result in (True, False, 1, 0, None, "", "x", [], [0], 0.0, 2.5, Truth(True), Truth(False),
               Truth("raise"), NotImplemented is None):
    print(run(result))
with Scope(Truth("raise")):
    print("without an exception the result is not looked at")
