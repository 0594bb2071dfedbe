# StopIteration that escapes a generator body becomes RuntimeError.
def broken(n):
    for i in range(n):
        yield i
    next(iter([]))


for n in range(3):
    try:
        print(list(broken(n)))
    except RuntimeError as error:
        print(error, repr(error.__cause__))


def reenter():
    yield next(me)


me = reenter()
try:
    next(me)
except ValueError as error:
    print(error)
