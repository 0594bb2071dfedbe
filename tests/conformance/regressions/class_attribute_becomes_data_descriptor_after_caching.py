# An attribute of the instance is cached while the class has a plain object of that name; then that
# object's class gets __get__ and __set__, and the cache must end. PyPy went on reading the
# instance (pypy/pypy issue 4840).
class Plain:
    pass


class Owner:
    f = Plain()


def read(owner):
    return owner.f


def write(owner, value):
    owner.f = value


owner = Owner()
owner.f = 12
for i in range(12):
    if i == 5:
        Plain.__get__ = lambda *args: ("got", len(args))
    if i == 7:
        Plain.__set__ = lambda self, obj, value: print("set", value)
    if i == 9:
        del Plain.__set__
    if i == 10:
        del Plain.__get__
    print(read(owner), end=" ")
    write(owner, i)
    print(owner.__dict__)
