# __context__ is set automatically and never makes a cycle.
def chain(error):
    result = []
    while error is not None:
        result.append(repr(error))
        error = error.__context__
    return result


def dig(n):
    if n == 0:
        raise ValueError(0)
    try:
        dig(n - 1)
    except ValueError:
        raise ValueError(n)


for n in range(6):
    try:
        dig(n)
    except ValueError as error:
        print(chain(error))
first = ValueError("a")
second = ValueError("b")
try:
    try:
        raise first
    except ValueError:
        try:
            raise second
        except ValueError:
            raise first
except ValueError as error:
    print(chain(error))
try:
    try:
        raise first
    except ValueError as same:
        raise same
except ValueError as error:
    print(chain(error))
