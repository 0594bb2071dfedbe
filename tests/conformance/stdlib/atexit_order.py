# atexit: last first, with arguments; what is registered meanwhile is forgotten, failures are printed
import atexit


@atexit.register
def first():
    print('first')


def named(*args, **keywords):
    print('named', args, keywords)
    if keywords:
        atexit.register(named, 'late')


def failing():
    raise ValueError('at exit')


atexit.register(named, 1, 2)
atexit.register(named, a=3)
atexit.register(failing)
atexit.register(print, 'gone')
atexit.unregister(print)
print(atexit._ncallbacks(), atexit.register(first) is first)
for wrong in ((), (5,)):
    try:
        atexit.register(*wrong)
    except TypeError as error:
        print(error)


class Last:
    def __del__(self):
        print('module is cleared')


last = Last()
