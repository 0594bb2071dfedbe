# return and break in a finally around or inside a with discard the exception.
class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", exc_type and exc_type.__name__, end=" ")


def inside():
    with Scope():
        try:
            raise ValueError
        finally:
            return "from finally inside"


def outside():
    try:
        with Scope():
            raise ValueError
    finally:
        return "from finally outside"


def looping(n):
    for i in range(n):
        try:
            with Scope():
                raise KeyError(i)
        finally:
            if i < 3:
                continue
            break
    return i


for i in range(5):
    print(inside())
    print(outside())
    print(looping(i + 1) if i > 3 else looping(2))
