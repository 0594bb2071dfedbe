# Binding the target fails inside the with: __exit__ sees the exception.
class Scope:
    def __init__(self, value, suppress):
        self.value = value
        self.suppress = suppress

    def __enter__(self):
        return self.value

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit sees", exc_type and exc_type.__name__, exc_value)
        return self.suppress


class NoSlots:
    __slots__ = ()


def run(value, suppress):
    box = NoSlots()
    try:
        with Scope(value, suppress) as (a, b):
            print("body", a, b)
        with Scope(value, suppress) as box.x:
            print("never")
        return "done"
    except (ValueError, TypeError, AttributeError) as error:
        return type(error).__name__


for i in range(5):
    print(run((1, 2), True), run((1, 2), False), run((1,), True), run(5, False))
