# One with statement that sees managers of several classes, one of them suppressing.
class Plain:
    def __enter__(self): return 1
    def __exit__(self, *exc): return False


class Other:
    def __init__(self): self.count = 0
    def __enter__(self):
        self.count += 1
        return self.count
    def __exit__(self, t, v, tb): return t is not None


class Inherited(Other):
    def __enter__(self): return super().__enter__() * 10


class Slotted:
    __slots__ = ("value",)
    def __enter__(self):
        self.value = 0.5
        return self.value
    def __exit__(self, t, v, tb): del self.value


def use(manager, fail):
    result = None
    try:
        with manager as value:
            if fail:
                raise KeyError(value)
            result = value
    except KeyError as error:
        result = repr(error)
    return result


managers = [Plain(), Other(), Inherited(), Slotted()]
for i in range(6):
    print([use(m, False) for m in managers], [use(m, True) for m in managers])
