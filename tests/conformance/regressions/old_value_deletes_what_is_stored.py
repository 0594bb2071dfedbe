# A store drops the old value last; its __del__ deletes the attribute, replaces or clears the dict, or
# changes the class. A specialised store looked at the new value afterwards and crashed
# (python/cpython issues 123083, 124483).
class Owner:
    pass


class Other:
    pass


class Evil:
    def __init__(self, owner, action):
        self.owner = owner
        self.action = action

    def __del__(self):
        self.action(self.owner)


def store(owner, action):
    owner.attr = Evil(owner, action)
    owner.attr = [len(owner.__dict__)]


def remove(owner):
    del owner.attr


def replace(owner):
    owner.__dict__ = {"other": 1}


def change(owner):
    owner.__class__ = Other if type(owner) is Owner else Owner


for action in (remove, replace, lambda owner: owner.__dict__.clear(), change,
               lambda owner: setattr(owner, "attr", "inner"), lambda owner: owner.__dict__.popitem()):
    for prepare in (lambda owner: None, lambda owner: owner.__dict__,
                    lambda owner: setattr(owner, "__dict__", {"z": 0})):
        for i in range(5):
            owner = Owner()
            prepare(owner)
            store(owner, action)
            print(type(owner).__name__, owner.__dict__, end="; ")
        print()
