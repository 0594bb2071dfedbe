# sys.exit inside a with runs __exit__ and ends with the given status.
import sys


class Scope:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        print("exit", exc_type.__name__, exc_value.code)


def run():
    with Scope():
        with Scope():
            sys.exit(7)


try:
    run()
except SystemExit as error:
    print("caught", error.code)
run()
