# __enter__ and __exit__ with the wrong number of parameters.
class ExitZero:
    def __enter__(self): return "in"
    def __exit__(self): return True


class ExitDefaults:
    def __enter__(self, extra="default"): return extra
    def __exit__(self, a, b=None, c=None, d="d"):
        print("exit", a and a.__name__, d)
        return True


class EnterTwo:
    def __enter__(self, required): return 1
    def __exit__(self, *exc): print("not called")


def run(manager, fail):
    try:
        with manager as value:
            print(value)
            if fail:
                raise ValueError("body")
    except (TypeError, ValueError) as error:
        return str(error), repr(error.__context__)
    return "fine"


for i in range(5):
    for manager in (ExitZero(), ExitDefaults(), EnterTwo()):
        print(run(manager, i > 2))
