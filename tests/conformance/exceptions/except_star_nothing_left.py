# The classes of an except* clause are looked at even when nothing is left for it.
def f(second):
    try:
        raise TypeError('t')
    except* TypeError as error:
        print('first', repr(error))
    except* second:
        print('second')


for second in (ValueError, 0, (ValueError, 1), (1, ExceptionGroup), ExceptionGroup, (), None):
    try:
        f(second)
        print('fine')
    except BaseException as error:
        print(type(error).__name__, error, '|', repr(error.__context__))
