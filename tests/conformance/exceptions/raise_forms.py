# raise of a class, an instance, with arguments, from a call, of something else.
class Custom(Exception):
    pass


def run(thing):
    try:
        raise thing
    except BaseException as error:
        return type(error).__name__, error.args


things = [ValueError, ValueError(), ValueError("a", 1), Custom, Custom(5), KeyboardInterrupt,
          5, "string", None, object, int, [ValueError]]
for i in range(2):
    for thing in things:
        print(run(thing))


class Wrong(Exception):
    def __new__(cls):
        return 5


for bad in (Wrong,):
    print(run(bad))
try:
    raise
except RuntimeError as error:
    print(error)
