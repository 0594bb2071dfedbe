# In-place operators that numbers do not have name themselves in the message.
for statement in ('x @= 2', 'x @= 2.0', 'y @= y', 'y <<= y', 'y |= y', 'x |= y', 'y &= 1', 'y >>= 2.0'):
    x, y = 1, 1.5
    try:
        exec(statement)
    except TypeError as error:
        print(statement, error)


def hot(a, b):
    a @= b
    return a


for pair in ((1, 2), (1.0, 2.0), (1, 2.0), ([], 1)) * 3:
    try:
        hot(*pair)
    except TypeError as error:
        print(error)
