# The handled exception while __exit__ runs is the context of what follows, and gone afterwards.
import sys


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        try:
            raise RuntimeError("inside exit")
        except RuntimeError as error:
            print("context", repr(error.__context__), end=" ")
        return True


def run(i):
    try:
        raise OSError("outer")
    except OSError:
        with Suppress():
            if i % 2:
                raise ValueError("body")
        print("handling", repr(sys.exc_info()[1]), end=" ")
        try:
            raise KeyError("later")
        except KeyError as error:
            print("later context", repr(error.__context__), end=" ")
    return sys.exc_info()[1]


for i in range(6):
    print(run(i))
