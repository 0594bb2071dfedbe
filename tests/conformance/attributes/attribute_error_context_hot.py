# name and obj of an AttributeError that a getter raises, after the access was hot without one
class State:
    fails = False


def check():
    if State.fails:
        raise AttributeError("nothing there")
    return 1


class Data:
    def __get__(self, instance, owner):
        return check()

    def __set__(self, instance, value):
        pass


class NonData:
    def __get__(self, instance, owner):
        return check()


class WithData:
    x = Data()


class WithNonData:
    x = NonData()


class Fallback:
    def __getattr__(self, name):
        return check()


class Finder:
    def __getattribute__(self, name):
        return check()


def caught(o):
    try:
        return o.x
    except AttributeError as error:
        return str(error), error.name, error.obj is o


def uncaught(o):
    return o.x


def caught_outside(o):
    try:
        return uncaught(o)
    except AttributeError as error:
        return str(error), error.name, error.obj is o


def several(o):
    try:
        return o.x
    except AttributeError as error:
        return str(error), error.name, error.obj is o


for cls in (WithData, WithNonData, Fallback, Finder):
    o = cls()
    for k in range(30):
        State.fails = k > 20
        rows = caught(o), caught_outside(o), several(o)
        if k in (20, 21, 29):
            print(cls.__name__, k, rows)
