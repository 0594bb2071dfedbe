# A class attribute that __getattribute__ hides dies when it is replaced: code compiled for the hook
# does not keep it.
class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("del", self.number)


class Hook:
    def __getattribute__(self, name):
        return name


class Fallback:
    def __getattr__(self, name):
        return "no " + name


def run(o, cls, i):
    cls.value = Loud(i)
    found = o.value
    return found if isinstance(found, str) else found.number


def missing(o):
    return o.nothing


for i in range(10):
    print(run(Hook(), Hook, i), run(Fallback(), Fallback, 100 + i), missing(Fallback()))
Hook.value = Fallback.value = None
