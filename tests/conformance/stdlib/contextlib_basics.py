# contextlib: contextmanager, suppress, nullcontext, ExitStack, closing.
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress


@contextmanager
def tag(name):
    print("<%s>" % name)
    try:
        yield name.upper()
    except KeyError as error:
        print("handled", error)
    finally:
        print("</%s>" % name)


class Door:
    def close(self):
        print("closed")


for i in range(6):
    with tag("a") as value:
        if i == 4:
            raise KeyError(i)
        print(value)
    with suppress(ZeroDivisionError, KeyError):
        print(1 / (i % 3))
    with nullcontext(i) as n, closing(Door()):
        print(n)
with ExitStack() as stack:
    names = [stack.enter_context(tag(name)) for name in "xyz"]
    stack.callback(print, "callback", 1)
    print(names)
