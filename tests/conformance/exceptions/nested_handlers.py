# Handlers within handlers, and what is being handled after each.
import sys


def handled():
    return repr(sys.exc_info()[1])


def run(i):
    print(handled(), end=" ")
    try:
        raise ValueError(i)
    except ValueError:
        print(handled(), end=" ")
        try:
            raise KeyError(i)
        except KeyError:
            print(handled(), end=" ")
            try:
                if i % 2:
                    raise IndexError(i)
            except IndexError:
                print(handled(), end=" ")
            print(handled(), end=" ")
        print(handled(), end=" ")
    print(handled())


for i in range(6):
    run(i)
