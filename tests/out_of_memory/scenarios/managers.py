# with blocks that save, set, restore and suppress; properties, slots, descriptors, super.


class State:
    def __init__(self):
        self.enabled = True
        self.depth = 0


state = State()


class Setting:
    entered = 0

    def __init__(self, enabled, suppress=False):
        self.enabled = enabled
        self.suppress = suppress
        self.saved = []

    def __enter__(self):
        self.saved.append((state.enabled, state.depth))
        state.enabled = self.enabled
        state.depth += 1
        Setting.entered += 1
        return self

    def __exit__(self, kind, value, traceback):
        state.enabled, state.depth = self.saved.pop()
        return self.suppress and kind is ValueError


class Child(Setting):
    __slots__ = ('slot',)

    def __enter__(self):
        self.slot = [1]
        return super().__enter__()

    @property
    def length(self):
        return len(self.saved)

    @length.setter
    def length(self, value):
        self.saved = [None] * value

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def number():
        return 2.5 ** 3

    def __getattr__(self, name):
        return name + '!'


def step(i):
    with Setting(False) as one, Child.make(True, True) as two:
        if i % 3 == 0:
            raise ValueError('step %d' % i)
        return one.saved, two.slot, two.length, two.missing
    return 'suppressed'


def scenario():
    found = []
    for i in range(6):
        try:
            found.append(step(i))
        except ValueError as error:
            found.append(str(error))
    child = Child(1)
    child.length = 4
    found.append((child.length, Child.number(), child.number(), state.enabled, state.depth))
    return found


result = scenario()
