# classmethod, staticmethod and property objects that were never initialised, or are again
for kind in (classmethod, staticmethod):
    empty = kind.__new__(kind)
    print(empty.__isabstractmethod__)

    class Holder:
        method = empty

    for use in (lambda: Holder.method, lambda: Holder().method):
        try:
            print(use())
        except RuntimeError as error:
            print(error)
empty = property.__new__(property)
print(empty.fget, empty.__isabstractmethod__)


class Again:
    @classmethod
    def who(cls):
        return 'first'


def ask():
    return Again.who()


for turn in range(8):
    if turn == 5:
        Again.__dict__['who'].__init__(lambda cls: 'second')
    print(ask())


class Rebinding:
    value = 'outer'

    @property
    def changed(self):
        return 'base'


class Child(Rebinding):
    def read(self):
        link = super()
        before = link.changed
        link.__init__(Child, Child())
        return before, link.changed, link.value


print([Child().read() for _ in range(6)][-1])
